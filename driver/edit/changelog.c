// SPDX-License-Identifier: GPL-2.0-only
/*
 * A plan with its evidence goes in; the words that go with the change come
 * out: subject, paragraphs, and the comment at a scope.
 *
 * Nothing is said that the result does not say: no test is claimed, and what
 * was not known is said to be so.
 */
#include "edit/plan.h"

#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "edit/fold.h"
#include "edit/waits.h"

#define WIDTH		72
#define MAX_LISTED	12	/* sites that are told one by one */
#define NOTE_BYTES	200	/* three lines of comment */

/* The first of @sites that the scope is for, if there is one: others may make
 * do with less. */
static const struct result_site *pick(const struct plan *p,
				      const struct result_site *const *sites,
				      size_t nr)
{
	size_t i;

	for (i = 0; i < nr; i++)
		if (!p->section || sites[i]->scope_at == p->section)
			return sites[i];
	return NULL;
}

/* The first of all that the plan is for. */
static const struct result_site *first_site(const struct plan *p)
{
	const struct result_site *s = pick(p, p->sites, p->nr_sites);

	if (!s)
		s = pick(p, p->kept, p->nr_kept);
	if (!s)
		s = p->nr_sites ? p->sites[0] : p->kept[0];
	return s;
}

/* What the plan holds back. */
static bool holds_io(const struct plan *p)
{
	return (p->section ? p->section->restriction :
		first_site(p)->restriction) == RESTRICT_NOIO;
}

static const char *word_of(const struct plan *p)
{
	return holds_io(p) ? "noio" : "nofs";
}

static const char *purpose(const struct plan *p)
{
	return holds_io(p) ? "IO" : "the file system";
}

/* The one function that all sites are in, NULL. */
static const char *only_function(const struct plan *p)
{
	const char *fn = first_site(p)->function;
	size_t i;

	for (i = 0; i < p->nr_sites; i++)
		if (strcmp(p->sites[i]->function, fn))
			return NULL;
	for (i = 0; i < p->nr_kept; i++)
		if (strcmp(p->kept[i]->function, fn))
			return NULL;
	return *fn ? fn : NULL;
}

static bool all_say(const struct result_site *const *sites, size_t nr,
		    const char *word)
{
	size_t i;

	for (i = 0; i < nr; i++)
		if (!strstr(sites[i]->mask, word))
			return false;
	return true;
}

/* Masks of both kinds. */
static bool is_mixed(const struct plan *p)
{
	uint8_t r = first_site(p)->restriction;
	size_t i;

	for (i = 0; i < p->nr_sites; i++)
		if (p->sites[i]->restriction != r)
			return true;
	for (i = 0; i < p->nr_kept; i++)
		if (p->kept[i]->restriction != r)
			return true;
	return false;
}

/* All masks of @p, or those that stay where none goes. */
static bool masks_say(const struct plan *p, const char *word)
{
	return p->nr_sites ? all_say(p->sites, p->nr_sites, word) :
			     all_say(p->kept, p->nr_kept, word);
}

/* The word that is dropped, as short as it can be said. */
static const char *mask_of(const struct plan *p)
{
	static const char *const words[] = { "GFP_NOFS", "GFP_NOIO" };
	const char *word;
	size_t k;

	if (is_mixed(p))
		return "the NOFS and NOIO restrictions";
	for (k = 0; k < ARRAY_SIZE(words); k++)
		if (masks_say(p, words[k]))
			return words[k];
	word = first_site(p)->mask;
	if (*word && !strpbrk(word, " |&~()?:.,>[]") && masks_say(p, word))
		return word;
	return holds_io(p) ? "the NOIO restriction" : "the NOFS restriction";
}

/* "needless GFP_NOFS", "the needless NOFS restriction". */
static void add_needless(struct strbuf *sb, const char *mask)
{
	bool article = !strncmp(mask, "the ", 4);

	strbuf_addf(sb, "%sneedless %s", article ? "the " : "",
		    article ? mask + 4 : mask);
}

const char *plan_title(const struct plan *p, struct arena *a)
{
	const char *fn, *mask;
	struct strbuf sb = STRBUF_INIT;
	char *title;

	if (p->fold)
		return arena_printf(a, "take the %s parameter of %s() away",
				    p->fold->parameter, p->fold->function);
	fn = p->section ? p->section->function : only_function(p);
	mask = mask_of(p);
	switch (p->kind) {
	case PROPOSE_NOLOCKDEP:
		strbuf_addf(&sb, "use __GFP_NOLOCKDEP instead of %s", mask);
		break;
	case PROPOSE_SECTION:
	case PROPOSE_FUNCTION:
		if (p->part == PART_MASKS)
			strbuf_addf(&sb, "drop %s inside the scope of %s()",
				    mask, fn);
		else
			strbuf_addf(&sb, "open a %s scope in %s()", word_of(p),
				    fn);
		fn = NULL;
		break;
	case PROPOSE_VMALLOC:
		strbuf_addf(&sb, "open a %s scope for vmalloc", word_of(p));
		break;
	case PROPOSE_NOOP:
		strbuf_addf(&sb, "drop %s that restricts nothing", mask);
		break;
	default:
		strbuf_adds(&sb, "drop ");
		if (p->verdict == VERDICT_REDUNDANT)
			strbuf_addf(&sb, "%s inside an open scope", mask);
		else
			add_needless(&sb, mask);
	}
	if (fn)
		strbuf_addf(&sb, " in %s()", fn);
	title = arena_strdup(a, sb.buf);
	strbuf_release(&sb);
	return title;
}

/* Append @text as a paragraph, from where the line is; those after the first
 * start with @indent. */
static void add_paragraph(struct strbuf *out, const char *text,
			  const char *indent)
{
	const char *line = strrchr(out->buf, '\n');
	size_t used = out->len - (line ? line + 1 - out->buf : 0), n;
	bool first = true;

	while (*text) {
		n = strcspn(text, " ");
		if (!first && used + 1 + n > WIDTH) {
			strbuf_addf(out, "\n%s", indent);
			used = strlen(indent);
		} else if (!first) {
			strbuf_addc(out, ' ');
			used++;
		}
		strbuf_add(out, text, n);
		used += n;
		first = false;
		text += n;
		text += strspn(text, " ");
	}
	strbuf_addc(out, '\n');
}

static void add_step(struct strbuf *out, const struct step *s)
{
	struct strbuf sb = STRBUF_INIT;

	if (*s->path)
		strbuf_addf(&sb, "%s:%u: ", s->path, s->line);
	strbuf_adds(&sb, s->text);
	strbuf_adds(out, "    ");
	add_paragraph(out, sb.buf, "        ");
	strbuf_release(&sb);
}

static void add_chain(struct strbuf *out, const struct chain *c)
{
	size_t i;

	for (i = 0; i < c->nr; i++)
		add_step(out, &c->steps[i]);
}

static void add_site(struct strbuf *out, const struct result_site *s)
{
	struct strbuf sb = STRBUF_INIT;

	strbuf_addf(&sb, "- %s:%u, %s(), %s(%s): %s", s->path, s->line,
		    s->function, s->callee, s->mask, s->reason);
	add_paragraph(out, sb.buf, "  ");
	add_chain(out, &s->evidence);
	strbuf_release(&sb);
}

static void add_reclaim(struct strbuf *out, const struct plan *p)
{
	const struct result_site *s = first_site(p);
	struct strbuf sb = STRBUF_INIT;

	if (!s->reclaim.nr)
		return;
	if (waits_has_path(&s->reclaim))
		waits_add(&sb, &s->reclaim, p->section, p->section ?
			  p->resource : "it", 4096);
	else
		strbuf_adds(&sb, "Reclaim may wait for it, too.");
	if (p->section && p->section->any_way)
		strbuf_adds(&sb, " Which way it comes there depends on the device.");
	strbuf_addc(out, '\n');
	add_paragraph(out, sb.buf, "");
	if (p->section && p->section->any_way)
		add_step(out, &s->reclaim.steps[s->reclaim.nr - 1]);
	else
		add_chain(out, &s->reclaim);
	strbuf_release(&sb);
}

static const char *open_where(const struct plan *p)
{
	if (p->section->whole_function)
		return "Open a scope around the function";
	switch (p->extent) {
	case EXTENT_RETURNS:
		return "Its ends do not pair on every path, so open a scope in front of the first and close it where the function is left";
	case EXTENT_WHOLE:
		return "Its ends do not pair on every path, so open a scope around the function";
	}
	return "Open a scope where the critical section is";
}

/* Who allocates below the scope. */
static void add_allocator(struct strbuf *sb, const struct plan *p,
			  const char *mask)
{
	const char *fn = p->section->function, *in = only_function(p);
	bool many = p->nr_sites + p->nr_kept > 1;

	if (in && !strcmp(fn, in))
		strbuf_addf(sb, "%s() allocates with %s", fn, mask);
	else if (in)
		strbuf_addf(sb, "%s(), which %s() comes to, allocates with %s",
			    in, fn, mask);
	else
		strbuf_addf(sb, "%s() comes to %s with %s", fn,
			    many ? "allocations" : "an allocation", mask);
}

static const char *state_of(const struct plan *p)
{
	return p->section->transaction ? "open" : "held";
}

/* Masks for the file system only, where reclaim must not do IO either. */
static bool is_too_weak(const struct plan *p)
{
	return p->section->any_way && !is_mixed(p) &&
	       first_site(p)->restriction == RESTRICT_NOFS;
}

static void add_scope(struct strbuf *sb, const struct plan *p,
		      const char *mask)
{
	bool many = p->nr_sites > 1;

	add_allocator(sb, p, mask);
	if (is_too_weak(p))
		strbuf_addf(sb, " while %s is %s. That still lets reclaim swap, which may have to wait for it.",
			    p->resource, state_of(p));
	else
		strbuf_addf(sb, " because reclaim must not recurse into %s while %s is %s.",
			    purpose(p), p->resource, state_of(p));
	strbuf_addf(sb, " The mask at each allocation does not say so, and it does not reach what is allocated further down. %s, so that all of it is covered",
		    open_where(p));
	if (p->part == PART_SCOPE && p->nr_sites)
		strbuf_addf(sb, ". The next patch takes the mask%s away.",
			    many ? "s" : "");
	else if (p->part == PART_SCOPE)
		strbuf_adds(sb, ".");
	else
		strbuf_addf(sb, ", and let the allocation%s inside ask for what %s: GFP_KERNEL.",
			    many ? "s" : "",
			    many ? "they need" : "it needs");
}

static uint8_t worst_of(const struct result_site *const *sites, size_t nr,
			uint8_t worst)
{
	size_t i;

	for (i = 0; i < nr; i++)
		if (sites[i]->confidence > worst)
			worst = sites[i]->confidence;
	return worst;
}

/* What is not proven is not said as if it were. */
static void add_unneeded(struct strbuf *sb, const struct plan *p,
			 const char *mask)
{
	bool sure = worst_of(p->sites, p->nr_sites, CONF_HIGH) == CONF_HIGH;
	const char *where = p->nr_sites > 1 ? "these allocations" :
					      "this allocation";

	if (p->verdict == VERDICT_INSTANCE)
		strbuf_addf(sb, "Without a scope only locks of objects in use are held on the paths to %s that were found, and reclaim takes them for unused objects",
			    where);
	else if (sure)
		strbuf_addf(sb, "Nothing that reclaim waits for is held without a scope on any path to %s",
			    where);
	else
		strbuf_addf(sb, "No path to %s was found on which something that reclaim waits for is held without a scope",
			    where);
	strbuf_addf(sb, ", so recursing into %s %s deadlock there. All that %s does is keep reclaim from its work. Use GFP_KERNEL.",
		    purpose(p), sure ? "cannot" : "should not", mask);
}

static void add_what(struct strbuf *sb, const struct plan *p)
{
	const char *mask = mask_of(p);
	bool many = p->nr_sites > 1;

	switch (p->kind) {
	case PROPOSE_SECTION:
	case PROPOSE_FUNCTION:
		if (p->part == PART_MASKS) {
			strbuf_addf(sb, "%s() has a scope around its critical section of %s by now, and what is allocated there is restricted by it. Drop %s, which says the same a second time.",
				    p->section->function, p->resource,
				    mask);
			break;
		}
		add_scope(sb, p, mask);
		break;
	case PROPOSE_VMALLOC:
		strbuf_addf(sb, "vmalloc() ignores %s in this tree: it has GFP_KERNEL allocations of its own deep inside. Only a scope keeps them from recursing into %s, so open one around the call.",
			    mask, purpose(p));
		break;
	case PROPOSE_NOLOCKDEP:
		strbuf_addf(sb, "All that %s is for is to keep lockdep quiet: no recursion into %s can deadlock here. __GFP_NOLOCKDEP says just that and leaves reclaim alone.",
			    mask, purpose(p));
		break;
	case PROPOSE_NOOP:
		strbuf_addf(sb, "GFP_KERNEL already has every bit of %s, so that or-ing both restricts nothing. Say what happens: GFP_KERNEL. Nothing changes.",
			    mask);
		break;
	default:
		if (p->verdict == VERDICT_REDUNDANT)
			strbuf_addf(sb, "A scope at least as strong as %s is open on every path to %s, and already restricts the mask. Drop the flag: nothing changes but that the code no longer suggests a second reason.",
				    mask, many ? "these allocations" :
						 "this allocation");
		else
			add_unneeded(sb, p, mask);
	}
}

/* What was asked for beside what is proven. */
static void add_doubt(struct strbuf *out, const struct plan *p)
{
	struct strbuf sb = STRBUF_INIT;
	uint8_t worst = worst_of(p->sites, p->nr_sites, CONF_HIGH);

	worst = worst_of(p->kept, p->nr_kept, worst);
	if (worst == CONF_HIGH)
		return;
	strbuf_addf(&sb, "%s not proven: the confidence is %s.", p->section ?
		    "That reclaim can come to wait for its own task here is" :
		    "This is", confidence_name(worst));
	strbuf_addc(out, '\n');
	add_paragraph(out, sb.buf, "");
	strbuf_release(&sb);
}

/* Does the way lead past the scope? One that is wider than its section may hold
 * what the section does not. */
static bool is_beside(const struct plan *p, const struct chain *c)
{
	return c->nr && (p->extent == EXTENT_POINTS ||
			 strcmp(c->steps[0].function, p->section->function));
}

/* Masks that the scope is for, and that other ways lead to as well. */
static void add_kept(struct strbuf *out, const struct plan *p)
{
	struct strbuf sb = STRBUF_INIT;
	size_t i;

	if (!p->nr_kept)
		return;
	strbuf_addf(&sb, "%s stay%s: other ways may lead there that this scope does not cover. A mask can go once each of them is excluded, has a scope or needs none.",
		    p->nr_kept > 1 ? "These masks" : "This mask",
		    p->nr_kept > 1 ? "" : "s");
	strbuf_addc(out, '\n');
	add_paragraph(out, sb.buf, "");
	for (i = 0; i < p->nr_kept && i < MAX_LISTED; i++) {
		const struct result_site *s = p->kept[i];
		bool beside;

		strbuf_clear(&sb);
		strbuf_addf(&sb, "- %s:%u, %s(), %s(%s)", s->path, s->line,
			    s->function, s->callee, s->mask);
		beside = is_beside(p, &s->beside);
		if (beside)
			strbuf_addf(&sb, ": perhaps also from %s()",
				    s->beside.steps[0].function);
		add_paragraph(out, sb.buf, "  ");
		if (beside)
			add_chain(out, &s->beside);
	}
	if (p->nr_kept > MAX_LISTED)
		strbuf_addf(out, "and %zu more.\n", p->nr_kept - MAX_LISTED);
	strbuf_release(&sb);
}

static void add_unknown(struct strbuf *out, const struct plan *p)
{
	size_t i, k, nr = 0;

	for (i = 0; i < p->nr_sites; i++) {
		const struct result_site *s = p->sites[i];

		for (k = 0; k < s->nr_unresolved && nr < MAX_LISTED; k++) {
			if (!nr++)
				strbuf_adds(out, "\nNot known:\n");
			strbuf_addf(out, "- %s\n", s->unresolved[k]);
		}
	}
}

static void add_remarks(struct strbuf *out, const struct plan *p,
			const char *remarks)
{
	struct strbuf sb = STRBUF_INIT;

	if (!*remarks || p->part == PART_SCOPE)
		return;
	strbuf_addf(&sb, "Comments and messages that speak of %s and were left as they are: %s.",
		    is_mixed(p) ? "NOFS or NOIO" :
		    first_site(p)->restriction == RESTRICT_NOIO ? "NOIO" :
								"NOFS",
		    remarks);
	strbuf_addc(out, '\n');
	add_paragraph(out, sb.buf, "");
	strbuf_release(&sb);
}

static void add_folds(struct strbuf *out, const struct plan *p)
{
	struct strbuf sb = STRBUF_INIT;
	size_t i;

	for (i = 0; i < p->nr_wrappers; i++) {
		if (!p->wrappers[i].folded)
			continue;
		strbuf_clear(&sb);
		strbuf_addf(&sb, "By now %s() is handed GFP_KERNEL by all of its callers. Use that in it, and take its parameter %s away.",
			    p->wrappers[i].function,
			    p->wrappers[i].parameter);
		strbuf_addc(out, '\n');
		add_paragraph(out, sb.buf, "");
	}
	strbuf_release(&sb);
}

static const char *fold_changelog(const struct plan *p, struct arena *a)
{
	const struct fold_target *t = p->fold;
	struct strbuf out = STRBUF_INIT, sb = STRBUF_INIT;
	bool many = t->calls > 1;
	char *text;

	strbuf_addf(&sb, "By now %s() is handed GFP_KERNEL by %s: %u call%s, in all of the tree. Use that in it, and take its parameter %s away.",
		    t->function, many ? "all of its callers" : "its one caller",
		    t->calls, many ? "s" : "", t->parameter);
	if (p->nr_files > 1)
		strbuf_adds(&sb, " The function, its declaration and its callers have to change at once, whoever maintains the files: none builds without the others.");
	add_paragraph(&out, sb.buf, "");
	text = arena_strdup(a, out.buf);
	strbuf_release(&out);
	strbuf_release(&sb);
	return text;
}

const char *plan_changelog(const struct plan *p, const char *remarks,
			   struct arena *a)
{
	struct strbuf out = STRBUF_INIT, sb = STRBUF_INIT;
	char *text;
	size_t i;

	if (p->fold)
		return fold_changelog(p, a);
	add_what(&sb, p);
	add_paragraph(&out, sb.buf, "");
	add_reclaim(&out, p);
	if (p->nr_sites)
		strbuf_addc(&out, '\n');
	for (i = 0; i < p->nr_sites && i < MAX_LISTED; i++)
		add_site(&out, p->sites[i]);
	if (p->nr_sites > MAX_LISTED)
		strbuf_addf(&out, "and %zu more places of the same kind.\n",
			    p->nr_sites - MAX_LISTED);
	add_kept(&out, p);
	add_doubt(&out, p);
	add_unknown(&out, p);
	add_folds(&out, p);
	add_remarks(&out, p, remarks);
	text = arena_strdup(a, out.buf);
	strbuf_release(&out);
	strbuf_release(&sb);
	return text;
}

const char *plan_note(const struct plan *p, struct arena *a)
{
	const struct result_site *s;
	struct strbuf sb = STRBUF_INIT;
	char *text;

	if (p->fold)
		return NULL;
	s = first_site(p);
	if (p->kind == PROPOSE_VMALLOC)
		strbuf_addf(&sb, "vmalloc() ignores %s: only a scope keeps it out of %s.",
			    s->restriction == RESTRICT_NOIO ? "GFP_NOIO" :
							      "GFP_NOFS",
			    purpose(p));
	else if (!p->section)
		return NULL;
	else if (waits_has_path(&s->reclaim)) {
		waits_add(&sb, &s->reclaim, p->section, p->resource,
			  NOTE_BYTES);
	} else {
		strbuf_addf(&sb, "No reclaim into %s while %s is %s.",
			    purpose(p), p->resource, state_of(p));
	}
	text = arena_strdup(a, sb.buf);
	strbuf_release(&sb);
	return text;
}
