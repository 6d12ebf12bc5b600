#define my_lock		mutex_lock
#define MY_GFP		(GFP_NOFS | __GFP_NOWARN)
#define MY_CLEAR	(~__GFP_FS)
#define MY_NUMBER	42
#define LOCK_ALL	lock_all(&global)
#define GFP_NOFS	(__GFP_RECLAIM | __GFP_IO)

static void use(void)
{
	LOCK_ALL;
	my_lock(&x);
	kmalloc(1, MY_GFP);
}
