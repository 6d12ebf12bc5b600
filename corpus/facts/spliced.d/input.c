#define MASK GFP_\
NOFS

void *spliced(void)
{
	f(GFP_NO\
IO);
	return kmal\
loc(8, GFP_KERNEL & ~__GFP_\
FS);
}
