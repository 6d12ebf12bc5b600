# SPDX-License-Identifier: GPL-2.0-only
# For bats: a small kernel with a past. Three revisions, made of the demo's
# tree: as it is; with lines moved, a needless NOFS and a file less; with a
# directory of its own more.

# A year apart, so that runs are in the order of their commits.
commit()
{
	git -C "$repo" add -A
	GIT_AUTHOR_NAME=tester GIT_AUTHOR_EMAIL=tester@example.org \
	GIT_COMMITTER_NAME=tester GIT_COMMITTER_EMAIL=tester@example.org \
	GIT_AUTHOR_DATE="$2 +0000" GIT_COMMITTER_DATE="$2 +0000" \
		git -C "$repo" commit -q --no-gpg-sign -m "$1"
	git -C "$repo" tag "$1"
}

# make_revisions REPO: tags v1, v2, v3; branch master at v3, old at v1.
make_revisions()
{
	repo=$1
	export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
	cp -R "$BATS_TEST_DIRNAME/../../corpus/demo/tree" "$repo"
	chmod -R u+w "$repo"
	git -C "$repo" init -q -b master
	commit v1 1600000000
	git -C "$repo" branch old
	sed -i '1i\
/* Moved down by one line. */' "$repo/fs/alfs/inode.c"
	cat >>"$repo/fs/betafs/super.c" <<'END'

static int betafs_scribble(struct file *file)
{
	char *page = kmalloc(64, GFP_NOFS);

	if (!page)
		return -ENOMEM;
	kfree(page);
	return 0;
}

static long betafs_scribble_ioctl(struct file *file, unsigned int cmd,
				  unsigned long arg)
{
	return betafs_scribble(file);
}

static const struct file_operations betafs_scribble_ops = {
	.unlocked_ioctl = betafs_scribble_ioctl,
};
END
	git -C "$repo" rm -q fs/alfs/xattr.c
	commit v2 1630000000
	mkdir "$repo/fs/gamma"
	sed 's/betafs/gamma/g' "$repo/fs/betafs/super.c" |
		tail -n 25 | sed '1i\
#include <linux/slab.h>\
#include <linux/fs.h>' >"$repo/fs/gamma/super.c"
	commit v3 1660000000
}
