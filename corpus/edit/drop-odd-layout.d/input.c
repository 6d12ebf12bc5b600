#include <linux/fs.h>
#include <linux/slab.h>

int   c_alloc ( struct c_info * ci )
{
	int i;
	if( ci->c_a ) {
	    return 0; }
	else
	{
	  ci -> c_b=kmalloc( 8,GFP_NOFS );
	}
	for( i=0;i<4;i++ ) { ci->c_c[ i ]=kmalloc( 8,GFP_NOFS ) ; }

	return 0 ;
}
