static gfp_t masks(struct inode *inode, gfp_t gfp)
{
	struct ctx *ctx = inode->i_private;
	gfp_t local = GFP_NOFS;

	kmalloc(1, GFP_NOFS | __GFP_NOWARN);
	kmalloc(1, gfp ? GFP_NOIO : GFP_KERNEL);
	kmalloc(1, GFP_KERNEL | GFP_NOFS);
	kmalloc(1, GFP_KERNEL & ~(__GFP_FS | __GFP_IO));
	kmalloc(1, __GFP_DIRECT_RECLAIM | __GFP_IO);
	outer(inner(GFP_NOFS), GFP_NOIO);
	ctx->gfp_mask = GFP_NOFS;
	local &= ~__GFP_FS;
	local |= __GFP_FS;
	if (gfp & __GFP_FS || gfp == GFP_NOIO)
		return GFP_NOFS;
	switch (gfp) {
	case GFP_NOFS:
		break;
	}
	current->flags |= PF_MEMALLOC_NOFS;
	current->flags &= ~PF_MEMALLOC_NOFS;
	(void)GFP_NOIO;
	mapping_set_gfp_mask(m, mapping_gfp_mask(m) & ~__GFP_FS);
	kmalloc(1, "GFP_NOFS" /* GFP_NOFS */);
	return gfp & ~__GFP_IO;
}

#if GFP_NOFS
#endif
