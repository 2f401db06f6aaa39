# Every recipe is one line that also works without just.

# all tests, with nothing but Go
test:
    go test ./...

# rewrite all golden files
update:
    go test ./lang ./eval ./eval/core ./eval/format ./eval/report ./repl ./eval/manual ./corpus ./cmd/firn -update && go test -tags reflective ./lang -run 'Grammar' -update && UPDATE_SCRIPTS=1 go test ./cmd/firn

# compare with C++ Nix: FIRN_ORACLE is the command of its nix-instantiate
oracle:
    FIRN_ORACLE="${FIRN_ORACLE:-nix-instantiate}" go test ./corpus ./corpus/diff -run 'TestParse|TestEvaluate$|TestRecordEval' -v -timeout 1h

# record what nix-instantiate of C++ Nix answers: FIRN_ORACLE is its command
record:
    FIRN_ORACLE="${FIRN_ORACLE:-nix-instantiate}" UPDATE_SCRIPTS=1 go test ./cmd/firn -run TestRecorded

# look for inputs that break the parser
fuzz time="5m":
    go test ./lang -run '^$' -fuzz FuzzParse -fuzztime {{time}} && go test ./lang -run '^$' -fuzz FuzzTokens -fuzztime {{time}}

# look for expressions that break the evaluator
fuzz-eval time="5m":
    go test ./eval/core -run '^$' -fuzz FuzzEval -fuzztime {{time}}

# 10,000 hostile programs in a service that embeds firn
hostile programs="10000":
    cd eval/testdata/service && go test -run Hostile -v -programs {{programs}} -timeout 1h .

# a page in which a browser evaluates, at http://localhost:8080
playground:
    go run ./cmd/playground

# how long evaluations take to end, calls of Go functions, and collections of a server
bench-embed:
    go test ./eval -run '^$' -bench . -benchtime 1s

# what a call and an evaluator cost a Go program, beside starlark-go and go-jsonnet
bench-compare:
    cd eval/testdata/compare && go test -bench . -benchmem

# write cmd/firn/default.pgo again, the profile by which Go compiles firn: old and new are folders of nixpkgs, of 2018 and of today
pgo old new:
    FIRN_BENCH="$(printf '%s\n' -f testdata/pgo.nix --strict --arg old {{old}} --arg new {{new}})" go test -trimpath ./cmd/firn -run '^$' -bench Eval -benchtime 1x -cpuprofile /tmp/firn.cpu -o /tmp/firn.test && go tool pprof -proto -output cmd/firn/default.pgo /tmp/firn.cpu

# how fast; FIRN_BENCH names other files than those in corpus/bench
bench:
    go test ./lang -run '^$' -bench Parse -cpu 1,2

# write grammar_gen.go again
generate:
    go generate ./...

# what is wrong with the code
lint:
    gofmt -l . && go vet ./... && go tool staticcheck ./...

# share of comment lines: of lines that are not blank, and not in a raw string such as a builtin's documentation
comments:
    for d in eval/core builtins eval/report repl; do cat $(ls $d/*.go | grep -v _test.go) | awk -v d=$d 'raw { if (gsub(/`/, "&") % 2) raw = 0; next } /^[ \t]*$/ { next } { n++ } /^[ \t]*\/\/|[^:"`]\/\/ / { c++ } !/^[ \t]*\/\// && gsub(/`/, "&") % 2 { raw = 1 } END { printf "%s %.1f %% of %d lines\n", d, 100 * c / n, n }'; done

# what has to pass
ci:
    bash .ci/run
