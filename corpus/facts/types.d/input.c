typedef struct my_struct {
	struct mutex lock;
	const struct ops *ops;
	int (*call)(struct my_struct *s, int);
	struct rcu_head rcu;
} my_t, *my_ptr;
typedef unsigned long my_long;
enum kind { KIND_A, KIND_B = 1 << 3 };
extern struct my_struct *find(int nr, const char *name);
int (*hook)(void);
static struct { int a; struct mutex m; } anonymous, *list[10];
unsigned long long one, *two, three[3];
struct item *get(struct my_struct *s, my_t t, void (*fn)(int), int n[], ...)
{
	struct my_struct *local = s, copy;
	my_long number;

	return local->call(&copy, number);
}
