#include <linux/fs.h>
#include <linux/slab.h>

struct page *c_page(struct address_space *mapping, pgoff_t index)
{
	gfp_t gfp = mapping_gfp_constraint(mapping, ~__GFP_FS);

	return find_or_create_page(mapping, index,
				   mapping_gfp_constraint(mapping,
							  ~__GFP_FS) | gfp);
}
