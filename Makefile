# SPDX-License-Identifier: GPL-2.0-only
#
# GNU make, nothing to configure. `make help` lists what can be made.
# Yours to set: O, CFLAGS, LDFLAGS, prefix, DESTDIR, DEVELOPER=1, V=1; a file
# local.mk may do it for good.

MAKEFLAGS += --no-builtin-rules --no-print-directory
.SUFFIXES:
.DELETE_ON_ERROR:
.DEFAULT_GOAL := all

-include local.mk

O ?= build
prefix ?= /usr/local
bindir ?= $(prefix)/bin
datadir ?= $(prefix)/share/gfpscope

ifeq ($(origin CC),default)
CC := gcc
endif
ifeq ($(origin AR),default)
AR := ar
endif
CFLAGS ?= -O2 -g
INSTALL ?= install

# ---- what is needed: Debian packages, named here and nowhere else ----
#
# Builds: gcc libc6-dev make pkg-config. Linked: libgit2 (git), json-c (JSON),
# nettle (SHA-256), sqlite3 (history of runs), zlib (checksums of the cache; of
# libdeflate where it is there, which has the same ten times as fast). Run:
# coccinelle (every edit), git (apply, am, the kernels' repository). Tested with:
# bats (command line), cmocka (units), universal-ctags (what the reader is held
# against), python3 (counts that are made another way), libpython3-dev (spatch
# loads libpython3.NN.so for rules with Python), xz-utils (kernel source).

PACKAGES = \
	bats \
	coccinelle \
	gcc \
	git \
	libc6-dev \
	libcmocka-dev \
	libdeflate-dev \
	libgit2-dev \
	libjson-c-dev \
	libpython3-dev \
	libsqlite3-dev \
	make \
	nettle-dev \
	pkg-config \
	python3 \
	universal-ctags \
	xz-utils \
	zlib1g-dev \

# What the tests of the page want on top, each the name of a program, too.
# Where these cannot be had, those tests are skipped.
PAGE_PACKAGES = \
	chromium \
	npm \

# ---- what is built: one object a line, in alphabetical order ----

BASE_OBJS = \
	base/arena.o \
	base/atom.o \
	base/datadir.o \
	base/digest.o \
	base/err.o \
	base/file.o \
	base/map.o \
	base/mem.o \
	base/opts.o \
	base/pages.o \
	base/proc.o \
	base/progress.o \
	base/sandbox.o \
	base/str.o \
	base/workers.o \

INPUT_OBJS = \
	input/factcache.o \
	input/gittree.o \
	input/kernelversion.o \
	input/mailbox.o \
	input/maintainers.o \
	input/pathspec.o \
	input/segment.o \
	input/segments.o \
	input/source.o \
	input/worktree.o \

READ_OBJS = \
	read/arms.o \
	read/assign.o \
	read/brackets.o \
	read/builder.o \
	read/cfg.o \
	read/cfg_tidy.o \
	read/cond.o \
	read/directive.o \
	read/dump_tokens.o \
	read/facts_check.o \
	read/facts_dump.o \
	read/facts_io.o \
	read/fork.o \
	read/idmap.o \
	read/lex.o \
	read/mask.o \
	read/parse_call.o \
	read/parse_expr.o \
	read/parse_file.o \
	read/parse_init.o \
	read/parse_jump.o \
	read/parse_macro.o \
	read/parse_stmt.o \
	read/parse_struct.o \
	read/parse_switch.o \
	read/parse_type.o \
	read/parse_util.o \
	read/read.o \
	read/runs.o \
	read/strtab.o \
	read/tidy.o \
	read/tidy_exprs.o \
	read/value.o \
	read/value_ops.o \

LINK_OBJS = \
	link/calls.o \
	link/component.o \
	link/delta.o \
	link/dirty.o \
	link/dump.o \
	link/entries.o \
	link/files.o \
	link/flow.o \
	link/handed.o \
	link/haul.o \
	link/image.o \
	link/keep.o \
	link/knowledge.o \
	link/knowledge_fact.o \
	link/knowledge_lint.o \
	link/knowledge_schema.o \
	link/knowledge_tables.o \
	link/names.o \
	link/ops.o \
	link/paste.o \
	link/program.o \
	link/rest.o \
	link/scc.o \
	link/sig.o \
	link/symbols.o \
	link/types.o \
	link/values.o \

JUDGE_OBJS = \
	judge/acquire.o \
	judge/after.o \
	judge/alloc.o \
	judge/apart.o \
	judge/balance.o \
	judge/context.o \
	judge/cookie.o \
	judge/decide.o \
	judge/descent.o \
	judge/doors.o \
	judge/eachfn.o \
	judge/entrance.o \
	judge/extent.o \
	judge/finding.o \
	judge/flow.o \
	judge/flush.o \
	judge/fresh.o \
	judge/habit.o \
	judge/handed.o \
	judge/hazard.o \
	judge/holders.o \
	judge/imposed.o \
	judge/judge.o \
	judge/leads.o \
	judge/live.o \
	judge/look.o \
	judge/mask.o \
	judge/own.o \
	judge/paired.o \
	judge/points.o \
	judge/probe.o \
	judge/quiet.o \
	judge/rank.o \
	judge/reclaim.o \
	judge/ref.o \
	judge/result.o \
	judge/root.o \
	judge/section.o \
	judge/setter.o \
	judge/spec.o \
	judge/story.o \
	judge/summary.o \
	judge/through.o \
	judge/transfer.o \
	judge/trust.o \
	judge/view.o \
	judge/visit.o \
	judge/wait.o \
	judge/walk.o \
	judge/way.o \
	judge/worker.o \

EDIT_OBJS = \
	edit/batch.o \
	edit/builds.o \
	edit/changelog.o \
	edit/check.o \
	edit/check_batch.o \
	edit/check_items.o \
	edit/check_parse.o \
	edit/check_rule.o \
	edit/collect.o \
	edit/compose.o \
	edit/convert.o \
	edit/covered.o \
	edit/diff.o \
	edit/done.o \
	edit/edit.o \
	edit/fold.o \
	edit/folds.o \
	edit/inside.o \
	edit/mark.o \
	edit/nesting.o \
	edit/place.o \
	edit/plan.o \
	edit/proposal.o \
	edit/prove.o \
	edit/remap.o \
	edit/render.o \
	edit/section.o \
	edit/slice.o \
	edit/smpl.o \
	edit/smpl_scan.o \
	edit/smpl_words.o \
	edit/spatch.o \
	edit/stale.o \
	edit/stmt.o \
	edit/style.o \
	edit/text.o \
	edit/toplevel.o \
	edit/waits.o \

EMIT_OBJS = \
	emit/burndown.o \
	emit/burndown_html.o \
	emit/chain_pool.o \
	emit/check_json.o \
	emit/check_report.o \
	emit/check_sarif.o \
	emit/compare.o \
	emit/compare_out.o \
	emit/csv.o \
	emit/decisions.o \
	emit/explain.o \
	emit/explain_data.o \
	emit/history.o \
	emit/html.o \
	emit/json.o \
	emit/jsonr.o \
	emit/jsonw.o \
	emit/mail.o \
	emit/marks.o \
	emit/merge.o \
	emit/news.o \
	emit/news_out.o \
	emit/night_config.o \
	emit/nights.o \
	emit/org.o \
	emit/proposals.o \
	emit/read_plan.o \
	emit/read_report.o \
	emit/report.o \
	emit/report_parts.o \
	emit/sarif.o \
	emit/sarif_fix.o \
	emit/series.o \
	emit/series_text.o \
	emit/shard.o \
	emit/skim.o \
	emit/summary.o \
	emit/suppress.o \
	emit/table.o \
	emit/text.o \
	emit/trend.o \
	emit/trend_show.o \
	emit/utf8.o \

CMD_OBJS = \
	cmd/apply.o \
	cmd/audit.o \
	cmd/branch.o \
	cmd/burndown.o \
	cmd/cache.o \
	cmd/check.o \
	cmd/compare.o \
	cmd/convert.o \
	cmd/coverage.o \
	cmd/dump.o \
	cmd/explain.o \
	cmd/history.o \
	cmd/linking.o \
	cmd/main.o \
	cmd/marking.o \
	cmd/merge.o \
	cmd/night_audit.o \
	cmd/nightly.o \
	cmd/output.o \
	cmd/pipeline.o \
	cmd/prefix.o \
	cmd/propose.o \
	cmd/reading.o \
	cmd/rounds.o \
	cmd/rules.o \
	cmd/selection.o \
	cmd/series.o \
	cmd/stats.o \

# Each is a program of its own, from driver/test/NAME.c and the library.
UNIT_TESTS = \
	test_arena \
	test_atom \
	test_compare \
	test_datadir \
	test_delta \
	test_edit \
	test_emit \
	test_factcache \
	test_file \
	test_history \
	test_kernelversion \
	test_image \
	test_knowledge \
	test_lex \
	test_link \
	test_maintainers \
	test_map \
	test_merge \
	test_nightly \
	test_opts \
	test_pages \
	test_pointers \
	test_proc \
	test_progress \
	test_read \
	test_smpl \
	test_source \
	test_str \
	test_workers \

# Programs like them that show to other tests what a layer finds.
TEST_PROBES = \
	probe_convert \
	probe_cost \
	probe_maintainers \
	report_lines \
	upstream_score \

# What several of them share.
TEST_HELPERS = \
	test/gitrepo.o \
	test/linktree.o \

# Each is a fuzz target, from driver/fuzz/NAME.c and the library.
FUZZERS = \
	$(if $(READ_OBJS),fuzz_facts fuzz_read) \
	fuzz_report \

# Those of them that eat C.
C_FUZZERS = fuzz_facts fuzz_read

# ---- how ----

LIB_OBJS = $(BASE_OBJS) $(INPUT_OBJS) $(READ_OBJS) $(LINK_OBJS) \
	$(JUDGE_OBJS) $(EDIT_OBJS) $(EMIT_OBJS)
LIBRARIES = libgit2 json-c nettle sqlite3 zlib $(FAST)

# Asked for when the first recipe needs it, not before: `make check` on a bare
# machine gets pkg-config by `make deps` first.
FAST = $(eval FAST := $$(shell pkg-config --exists libdeflate && \
	echo libdeflate))$(FAST)
PKG_CFLAGS = $(eval PKG_CFLAGS := $$(shell pkg-config --cflags $(LIBRARIES)))$(PKG_CFLAGS)
PKG_LIBS = $(eval PKG_LIBS := $$(shell pkg-config --libs $(LIBRARIES)))$(PKG_LIBS)

WARNINGS = -Wall
ifeq ($(DEVELOPER),1)
WARNINGS += -Werror -Wextra -Wno-unused-parameter -Wno-sign-compare \
	-Wno-missing-field-initializers -Wdeclaration-after-statement \
	-Wformat=2 -Wmissing-prototypes -Wold-style-definition \
	-Wpointer-arith -Wshadow -Wstrict-prototypes -Wundef -Wvla \
	-Wwrite-strings -Wimplicit-fallthrough
endif

BUILD_CFLAGS = -std=gnu11 -D_GNU_SOURCE -pthread -Idriver \
	-include driver/base/banned.h $(WARNINGS) $(CPPFLAGS) $(CFLAGS)

Q = $(if $(filter 1,$(V)),,@)
silent = $(findstring s,$(firstword -$(MAKEFLAGS)))
say = $(if $(silent),@:,$(if $(Q),@printf '  %-7s %s\n' \
	'$(1)' '$(patsubst $(O)/%,%,$(2))',@:))

## all: the tool, build/gfpscope
.PHONY: all
all: $(O)/gfpscope

# Everything is built again when the way to build it changes, and what knows
# the place of the data when that does.
HOW = $(CC) $(AR) $(BUILD_CFLAGS) $(LDFLAGS)
quoted = '$(subst ','\'',$(1))'
stamp = @mkdir -p $(@D); printf '%s\n' $(call quoted,$(1)) | cmp -s - $@ || \
	printf '%s\n' $(call quoted,$(1)) >$@

.PHONY: force
$(O)/how: force
	$(call stamp,$(HOW))

$(O)/where: force
	$(call stamp,$(datadir))

$(O)/obj/base/datadir.o: $(O)/where
$(O)/obj/base/datadir.o: private CPPFLAGS += -DGFPSCOPE_DATADIR='"$(datadir)"'

# Facts in the cache are good for the reader that made them only.
READ_SOURCES = $(sort $(wildcard driver/read/*.[ch]))
READER_DIGEST := $(shell cat $(READ_SOURCES) | cksum | tr -d ' ')
$(O)/obj/read/facts_io.o: BUILD_CFLAGS += -DREADER_DIGEST='"$(READER_DIGEST)"'
$(O)/obj/read/facts_io.o: $(READ_SOURCES)

# Likewise a linked program, and what is read must be the same.
LINK_SOURCES = $(sort $(wildcard driver/link/*.[ch]) driver/base/atom.c \
	driver/base/atom.h driver/base/map.h driver/base/map.c)
LINK_DIGEST := $(shell cat $(LINK_SOURCES) $(READ_SOURCES) | cksum | tr -d ' ')
$(O)/obj/link/image.o: BUILD_CFLAGS += -DLINK_DIGEST='"$(LINK_DIGEST)"'
$(O)/obj/link/image.o: $(LINK_SOURCES) $(READ_SOURCES)

$(O)/obj/%.o: driver/%.c $(O)/how
	$(call say,CC,$*.o)
	@mkdir -p $(@D)
	$(Q)$(CC) $(BUILD_CFLAGS) $(PKG_CFLAGS) -MMD -MP -c -o $@ $<

$(O)/libgfpscope.a: $(LIB_OBJS:%=$(O)/obj/%)
	$(call say,AR,$@)
	$(Q)rm -f $@
	$(Q)$(AR) rcsD $@ $^

$(O)/gfpscope: $(CMD_OBJS:%=$(O)/obj/%) $(O)/libgfpscope.a
	$(call say,LINK,$@)
	$(Q)$(CC) -pthread $(CFLAGS) $(LDFLAGS) -o $@ $^ $(PKG_LIBS) $(LDLIBS)

$(O)/test/%: $(O)/obj/test/%.o $(TEST_HELPERS:%=$(O)/obj/%) \
		$(O)/libgfpscope.a
	$(call say,LINK,$@)
	@mkdir -p $(@D)
	$(Q)$(CC) -pthread $(CFLAGS) $(LDFLAGS) -o $@ $^ $(PKG_LIBS) -lcmocka $(LDLIBS)

# A fuzz target, with what replays inputs in place of a fuzzer's main().
$(O)/fuzz/%: $(O)/obj/fuzz/%.o $(O)/obj/fuzz/replay.o $(O)/libgfpscope.a
	$(call say,LINK,$@)
	@mkdir -p $(@D)
	$(Q)$(CC) -pthread $(CFLAGS) $(LDFLAGS) -o $@ $^ $(PKG_LIBS) $(LDLIBS)

# The same with libFuzzer, which only clang has.
$(O)/libfuzzer/%: $(O)/obj/fuzz/%.o $(O)/libgfpscope.a
	$(call say,LINK,$@)
	@mkdir -p $(@D)
	$(Q)$(CC) -pthread -fsanitize=fuzzer $(CFLAGS) $(LDFLAGS) -o $@ $^ \
		$(PKG_LIBS) $(LDLIBS)

TEST_OBJS = $(UNIT_TESTS:%=test/%.o) $(TEST_PROBES:%=test/%.o) \
	$(TEST_HELPERS) $(FUZZERS:%=fuzz/%.o) fuzz/replay.o
.SECONDARY: $(TEST_OBJS:%=$(O)/obj/%)

-include $(patsubst %.o,$(O)/obj/%.d,\
	$(LIB_OBJS) $(CMD_OBJS) $(TEST_OBJS))

# $(1): the target's name, $(2): packages, or shell that says them
define install_missing
missing=; wanted="$(2)"; \
	[ -n "$$wanted" ] || exit 0; \
	if ! command -v dpkg-query >/dev/null; then \
		echo "make $(1): no dpkg here; needed are the likes of: $$wanted" >&2; \
		exit 0; \
	fi; \
	have=$$(dpkg-query -W -f='$${Package} $${db:Status-Status}\n' \
		$$wanted 2>/dev/null); \
	for p in $$wanted; do \
		case "$$have" in \
		*"$$p installed"*) ;; \
		*) missing="$$missing $$p" ;; \
		esac; \
	done; \
	[ -n "$$missing" ] || exit 0; \
	sudo=; \
	if [ $$(id -u) != 0 ]; then \
		sudo=sudo; \
		if ! command -v sudo >/dev/null; then \
			echo "make $(1): missing$$missing; neither root nor sudo to install them" >&2; \
			exit 1; \
		fi; \
	fi; \
	echo "make $(1): installing$$missing"; \
	$$sudo apt-get update -q && \
	$$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -q -y \
		--no-install-recommends $$missing
endef

## deps: install the Debian packages that are missing (the only step with root)
.PHONY: deps
deps:
	@$(call install_missing,deps,$(PACKAGES))

## deps-html: the same for the tests of the page, which are skipped without
.PHONY: deps-html
deps-html: deps
	@($(call install_missing,deps-html,$$(for p in $(PAGE_PACKAGES); do \
		command -v $$p >/dev/null || echo $$p; done))) || \
		echo "make deps-html: not all could be had; what needs it is skipped" >&2

# ---- tests: each suite ends with "N passed, N failed[, N skipped]" ----

# What the suites' scripts get to know.
export GFPSCOPE = $(abspath $(O)/gfpscope)
export BUILD = $(abspath $(O))
# Whatever a test runs keeps its facts here, not with the user's.
export XDG_CACHE_HOME = $(abspath $(O))/cache
# .. and the data that lies beside them, not that of another tree
unexport GFPSCOPE_DATA

# A suite whose runner is not there is skipped and says so.
suite = $(Q)if [ -x $(1) ]; then $(2); \
	else echo "no $(1) yet"; echo "0 passed, 0 failed, 1 skipped"; fi

FAST_SUITES = lint unit fuzz corpus demo cocci cli
# kernel first: the two others read a real tree, too, once it is there
SUITES = $(FAST_SUITES) kernel reports html
run_suites = +@OVERVIEW=1 driver/test/run-all \
	$(foreach s,$(1),'$(s)=$(MAKE) check-$(s)')

## check: run every test, after installing what is missing
.PHONY: check
check: deps deps-html
	@$(MAKE) all
	$(call run_suites,$(SUITES))

## check-fast: all tests but those on real kernels
.PHONY: check-fast
check-fast: all
	$(call run_suites,$(FAST_SUITES))

## check-unit: the unit tests, driver/test/test_*.c
.PHONY: check-unit
check-unit: $(UNIT_TESTS:%=$(O)/test/%)
	$(Q)driver/test/run-all \
		$(foreach t,$(UNIT_TESTS),'$(t)=driver/test/tap env CMOCKA_MESSAGE_OUTPUT=TAP $(O)/test/$(t)')

# Seeds of a fuzz target: corpus/fuzz/NAME/, and for those that eat C the
# inputs of all corpus cases.
seeds = $(sort $(wildcard corpus/fuzz/$(1)) $(if $(filter $(C_FUZZERS),$(1)), \
	$(wildcard corpus/fuzz/fuzz_read corpus/demo/tree cocci/tests/*.c \
		corpus/*/*.d/*.[ch] corpus/*/*.b/*.[ch])))
replay_all = driver/test/run-all $(foreach f,$(FUZZERS), \
	'$(f)=$(O)/fuzz/$(f) $(1) $(call seeds,$(f))')
no_fuzzers = echo "no fuzz targets yet"; echo "0 passed, 0 failed, 1 skipped"

## check-fuzz: the seeds of the fuzz targets, replayed
.PHONY: check-fuzz
check-fuzz: $(FUZZERS:%=$(O)/fuzz/%)
	$(Q)$(if $(FUZZERS),$(call replay_all,),$(no_fuzzers))

## check-corpus: the golden cases of corpus/ (CASE=topic/case for some)
.PHONY: check-corpus
check-corpus: all $(O)/test/report_lines
	$(call suite,corpus/run,corpus/run $(CASE))

## check-demo: what is said of the demo, against what is right
.PHONY: check-demo
check-demo: all $(O)/test/report_lines
	$(call suite,corpus/demo/run,corpus/demo/run --check)

## check-cocci: the semantic patches on cocci/tests/
.PHONY: check-cocci
check-cocci: all
	$(call suite,cocci/tests/run,cocci/tests/run)

## check-cli: the command line, driver/test/*.bats
.PHONY: check-cli
check-cli: all $(O)/test/probe_cost
	$(Q)driver/test/tap bats --tap driver/test/*.bats

# Both want the sample that the unit tests write. Without npm they skip.
npm_suite = $(Q)mkdir -p $(O)/test && $(O)/test/test_emit >/dev/null 2>&1; \
	reports/get $(1) && exec node reports/test/$(2); \
	[ $$? -eq 77 ] && echo "0 passed, 0 failed, 1 skipped"

## check-html: the report page in a browser (needs npm and chromium)
.PHONY: check-html
check-html: all $(O)/test/test_emit
	$(call npm_suite,browser,page.js)

## check-reports: reports against their schemas (needs npm)
.PHONY: check-reports
check-reports: all $(O)/test/test_emit
	$(call npm_suite,test,formats.js)

## page: get what the report page embeds (npm; without it the page says so)
.PHONY: page
page:
	$(Q)reports/get page || [ $$? -eq 77 ]

## check-kernel: audits of real kernels with known answers
.PHONY: check-kernel
check-kernel: all $(TEST_PROBES:%=$(O)/test/%)
	$(call suite,corpus/kernel/check,corpus/kernel/check)

## check-build: do changed files compile? (KBUILD=dir, a configured build of 6.1)
.PHONY: check-build
check-build: all
	$(Q)[ -n "$(KBUILD)" ] || { \
		echo "name a configured build directory of 6.1: KBUILD=dir" >&2; \
		exit 2; }
	$(call suite,corpus/kernel/check-build,corpus/kernel/check-build \
		"$${GFPSCOPE_KERNEL_REPO:-$(O)/kernel/linux.git}" v6.1-core \
		"$(KBUILD)")

## bless: rewrite what a golden case expects (CASE=topic/case)
.PHONY: bless
bless: all $(O)/test/report_lines
	$(Q)[ -n "$(CASE)" ] || { \
		echo "make bless: say which case: CASE=topic/case" >&2; exit 2; }
	$(Q)corpus/run --bless $(CASE)

SANITIZE = -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined \
	-fno-sanitize-recover=all

## sanitize: the fast suites under ASan and UBSan, in build-asan
.PHONY: sanitize
sanitize:
	+@ARENA_DEBUG=1 $(MAKE) O=$(O)-asan DEVELOPER= CFLAGS='$(SANITIZE)' check-sanitized

.PHONY: check-sanitized
check-sanitized: all
	$(call run_suites,unit fuzz corpus cli)

## mangle: the fuzz targets on damaged inputs, under ASan and UBSan (N=50)
.PHONY: mangle
mangle:
	+@$(MAKE) O=$(O)-asan DEVELOPER= CFLAGS='$(SANITIZE)' mangle-sanitized

.PHONY: mangle-sanitized
mangle-sanitized: $(FUZZERS:%=$(O)/fuzz/%)
	$(Q)$(if $(FUZZERS),$(call replay_all,--mangle $(or $(N),50)),$(no_fuzzers))

## fuzz: each fuzz target for FUZZ_SECONDS (60) by libFuzzer, if clang is there
.PHONY: fuzz
fuzz:
	+@if command -v clang >/dev/null; then \
		$(MAKE) O=$(O)-fuzz CC=clang DEVELOPER= fuzz-libfuzzer \
			CFLAGS='$(SANITIZE) -fsanitize=fuzzer-no-link'; \
	else \
		echo "make fuzz: no clang here, damaging seeds instead"; \
		$(MAKE) mangle N=1000; \
	fi

.PHONY: fuzz-libfuzzer
fuzz-libfuzzer: $(FUZZERS:%=$(O)/libfuzzer/%)
	$(Q)set -e; for f in $(FUZZERS); do \
		mkdir -p $(O)/found/$$f corpus/fuzz/$$f; \
		$(O)/libfuzzer/$$f -max_total_time=$(or $(FUZZ_SECONDS),60) \
			-artifact_prefix=$(O)/found/ -timeout=10 \
			$(O)/found/$$f corpus/fuzz/$$f; \
	done

## coverage: lines of the library that the fast suites run, in build-cov
.PHONY: coverage
coverage:
	+@$(MAKE) O=$(O)-cov DEVELOPER= CFLAGS='-O0 -g --coverage' coverage-measured

.PHONY: coverage-measured
coverage-measured: all
	@find $(O) -name '*.gcda' -delete
	-$(call run_suites,unit fuzz corpus cli)
	@driver/test/coverage $(O) $(LIB_OBJS)

## lint: the rules of the house (layers, sizes, who may include what)
.PHONY: lint check-lint
lint check-lint: $(O)/libgfpscope.a
	$(Q)O=$(O) CC='$(CC)' driver/test/lint

## format: clang-format what differs from HEAD (FILES=.. for others)
FILES = $(shell git diff --name-only --diff-filter=d HEAD -- 'driver/*.[ch]')
.PHONY: format
format:
	$(Q)$(if $(FILES),clang-format -i $(FILES),echo "nothing to format")

## demo: audit and convert a small tree, after installing what is missing
.PHONY: demo
demo: deps
	@$(MAKE) all $(O)/test/report_lines
	$(call suite,corpus/demo/run,corpus/demo/run)

## bench: time and memory against git grep (BENCH_REPO, BENCH_REV)
.PHONY: bench
bench: all $(O)/test/probe_cost
	$(call suite,corpus/kernel/bench,corpus/kernel/bench)
	$(call suite,corpus/kernel/bench-check,corpus/kernel/bench-check)

## install: to $(DESTDIR)$(prefix), /usr/local by default
.PHONY: install
install: all
	$(INSTALL) -d $(DESTDIR)$(bindir) $(DESTDIR)$(datadir)
	$(INSTALL) -m 755 $(O)/gfpscope $(DESTDIR)$(bindir)/gfpscope
	$(Q)find $(wildcard cocci reports) -type f ! -path '*/node_modules/*' \
		! -path 'cocci/tests/*' | while read -r f; do \
		mode=644; [ ! -x "$$f" ] || mode=755; \
		$(INSTALL) -D -m $$mode "$$f" "$(DESTDIR)$(datadir)/$$f" || \
			exit 1; \
	done

## clean: remove what was built
.PHONY: clean
clean:
	rm -rf $(O) $(O)-asan $(O)-cov $(O)-fuzz

## help: this list
.PHONY: help
help:
	@sed -n 's/^## \([a-z-]*\): \(.*\)/\1|\2/p' Makefile | \
		awk -F'|' '{ printf "  %-14s %s\n", $$1, $$2 }'
