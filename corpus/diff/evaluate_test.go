package diff

// This file defines TestEvaluate, which needs the reference.

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/corpus/gen"
	"github.com/firn-lang/firn/lang"
)

const evalBatch = 1000 // programs that one process of the reference evaluates

// evalDir is where relative paths start. It is the same in every run, so that
// a program can be run again. aloneDir is that for a program that is asked
// again: nobody writes there, and some programs copy it.
var (
	evalDir  = filepath.Join(os.TempDir(), "firn-evaluate")
	aloneDir = filepath.Join(os.TempDir(), "firn-evaluate-alone", "dir")
)

// TestEvaluate compares values and errors of random programs with the
// reference's. It fails where the values differ, where only one side has a
// value, and where the error messages differ.
//
//	FIRN_ORACLE       command of the reference, such as nix-instantiate
//	FIRN_ORACLE_REPL  the same for nix repl; the default is made from FIRN_ORACLE
//	FIRN_DIFF_N       number of programs, 2000 by default
//	FIRN_DIFF_SEED    a number; program I of seed S is always the same
//	FIRN_DIFF_SIZE    mean number of expressions in a program
//	FIRN_DIFF_FAIL    how many in 1000 expressions fail; 3 by default
//	FIRN_DIFF_TRACE   1 to compare the traces of errors, too
//	FIRN_DIFF_LAZY    1 to evaluate values on the outside only
//	FIRN_DIFF_SAVE    directory for the programs that differ
func TestEvaluate(t *testing.T) {
	skipWithoutReference(t)
	r := newEvalRun(t)
	start := time.Now()
	r.all()
	seconds := time.Since(start).Seconds()
	t.Logf("seed %d, %.0f s, %.0f programs per second, %d asked again\n%v", r.seed, seconds, float64(r.n)/seconds, r.again.Load(), &r.counts)
	require.Zero(t, r.counts.Wrong()+r.counts.MessageDiffers(), "programs that differ")
}

func skipWithoutReference(t *testing.T) {
	if os.Getenv("FIRN_ORACLE") == "" {
		t.Skip("needs the reference: FIRN_ORACLE=nix-instantiate go test ./corpus/diff -v -timeout 1h")
	}
}

// An evalRun is one run of TestEvaluate.
type evalRun struct {
	t       *testing.T
	n       int
	seed    uint64
	opt     gen.ValueOptions
	command []string // of nix-instantiate
	repl    *Repl
	counts  Counts
	again   atomic.Int64 // how many programs were given to nix-instantiate
	mu      sync.Mutex
	shown   map[string]int // examples by kind
}

func newEvalRun(t *testing.T) *evalRun {
	command := strings.Fields(os.Getenv("FIRN_ORACLE"))
	require.NoError(t, os.MkdirAll(evalDir, 0o755))
	require.NoError(t, os.MkdirAll(aloneDir, 0o755))
	repl := strings.Fields(os.Getenv("FIRN_ORACLE_REPL"))
	if len(repl) == 0 {
		last := len(command) - 1
		repl = append(command[:last:last], strings.TrimSuffix(command[last], "nix-instantiate")+"nix", "repl")
	}
	r := &evalRun{
		t:       t,
		n:       number(t, "FIRN_DIFF_N", 2000),
		seed:    uint64(number(t, "FIRN_DIFF_SEED", 1)),
		opt:     gen.ValueOptions{Size: number(t, "FIRN_DIFF_SIZE", 0), Fail: float64(number(t, "FIRN_DIFF_FAIL", 0)) / 1000},
		command: command,
		repl:    NewRepl(repl, evalDir),
		shown:   map[string]int{},
	}
	r.repl.Prelude = gen.ValuePrelude
	r.repl.Lazy = os.Getenv("FIRN_DIFF_LAZY") != ""
	r.repl.Traces = os.Getenv("FIRN_DIFF_TRACE") != ""
	return r
}

func (r *evalRun) program(i int) string {
	return gen.ValueProgram(rand.New(rand.NewPCG(r.seed, uint64(i))), r.opt)
}

// all judges the programs, batch by batch, so that memory stays the same.
func (r *evalRun) all() {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for f := newFirn(r.repl.Lazy); r.t.Context().Err() == nil; {
				to := int(next.Add(evalBatch))
				if to-evalBatch >= r.n {
					return
				}
				r.batch(f, to-evalBatch, min(to, r.n))
			}
		})
	}
	wg.Wait()
}

func (r *evalRun) batch(f *firn, from, to int) {
	ctx := r.t.Context()
	programs := make([]string, 0, to-from)
	for i := from; i < to; i++ {
		programs = append(programs, r.program(i))
	}
	for i, reference := range r.repl.Eval(ctx, programs) {
		src := programs[i]
		c := judgeEvaluated(src, reference, f.eval(src))
		if different(c) {
			r.again.Add(1)
			c = r.alone(ctx, src)
		}
		c.Name = fmt.Sprintf("program %d of seed %d", from+i, r.seed)
		if r.counts.Add(c) {
			r.example(ctx, c, src)
		}
		if different(c) {
			r.save(c, src, from+i)
		}
	}
}

func judgeEvaluated(src string, reference, firn Result) Case {
	return Case{Evaluated: true, Reference: reference, Firn: firn, Verdict: CompareValues(src, reference, firn)}
}

func different(c Case) bool {
	return c.Verdict.Wrong() || c.Verdict == MessageDiffers || c.Verdict == TraceDiffers
}

// alone judges a program with a process and an evaluator of its own. firn has
// to agree with the reference on a store of one kind or the other.
func (r *evalRun) alone(ctx context.Context, src string) Case {
	firn := firnAlone(src, r.repl.Lazy)
	c := judgeEvaluated(src, r.repl.Instantiate(ctx, r.command, aloneDir, src, false), firn)
	if !different(c) {
		return c
	}
	return judgeEvaluated(src, r.repl.Instantiate(ctx, r.command, aloneDir, src, true), firn)
}

// example makes a program smaller and prints it.
func (r *evalRun) example(ctx context.Context, c Case, src string) {
	if r.enough(c.Kind()) {
		return
	}
	end := time.Now().Add(20 * time.Second)
	if c.Verdict == FirnBroken {
		end = time.Now() // what takes too long is not tried again and again
	}
	small := Minimise(src, maxTries, func(candidates []string) int { return r.first(ctx, candidates, c.Kind(), end) })
	name := c.Name
	c = r.alone(ctx, small)
	c.Name = name
	r.t.Logf("%v\n--- program, of %d bytes, made smaller ---\n%s\n", c, len(src), clip(small, 2000))
}

// enough reports whether a kind of difference needs no further example.
func (r *evalRun) enough(kind string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	most := 1
	if !strings.Contains(kind, ":") { // no message tells such cases apart
		most = 5
	}
	if r.shown[kind] >= most || len(r.shown) >= maxExamples {
		return true
	}
	r.shown[kind]++
	return false
}

// first returns the index of the first program that differs in this way, or
// -1. Those that do not parse could spoil what the loop reads after them, and
// those that firn does not finish would keep the reference busy, too: parts
// left out can make a loop endless. After the end, it finds none.
func (r *evalRun) first(ctx context.Context, programs []string, kind string, end time.Time) int {
	var valid []string
	var index []int
	cfg := lang.NewConfig()
	f := &firn{patience: time.Second / 2, dir: evalDir, lazy: r.repl.Lazy}
	for i, src := range programs {
		if time.Now().After(end) {
			return -1
		}
		if _, err := cfg.Parse("", src); err != nil || strings.ContainsAny(src, "\n#") {
			continue
		}
		if possible(f.eval(src), kind) {
			valid, index = append(valid, src), append(index, i)
		}
	}
	for i, reference := range r.repl.Eval(ctx, valid) {
		if c := judgeEvaluated(valid[i], reference, f.eval(valid[i])); !different(c) || c.Kind() != kind {
			continue
		}
		if c := r.alone(ctx, valid[i]); different(c) && c.Kind() == kind {
			return index[i]
		}
	}
	return -1
}

// save keeps a program that differs.
func (r *evalRun) save(c Case, src string, i int) {
	to := os.Getenv("FIRN_DIFF_SAVE")
	if to == "" {
		return
	}
	err := os.MkdirAll(to, 0o755)
	if err == nil {
		name := strings.ReplaceAll(c.Verdict.String(), " ", "-") + fmt.Sprintf("-%d-e%d.nix", r.seed, i)
		err = os.WriteFile(filepath.Join(to, name), []byte(src+"\n"), 0o644)
	}
	if err != nil {
		r.t.Error(err)
	}
}

// TestRepl compares the two ways to ask the reference. The knobs are those of
// TestEvaluate; FIRN_DIFF_N is 100 by default, as this starts many processes.
func TestRepl(t *testing.T) {
	skipWithoutReference(t)
	r := newEvalRun(t)
	n := number(t, "FIRN_DIFF_N", 100)
	var programs []string
	for i := range n {
		programs = append(programs, r.program(i))
	}
	start := time.Now()
	answers := r.repl.Eval(t.Context(), programs)
	seconds := time.Since(start).Seconds()
	t.Logf("%d programs, %.0f per second", n, float64(n)/seconds)
	values, differ := 0, 0
	for i, answer := range answers {
		if answer.Tree != "" {
			values++
		}
		if c := judgeEvaluated(programs[i], answer, r.repl.Instantiate(t.Context(), r.command, evalDir, programs[i], false)); different(c) || answer.Broken != "" {
			differ++
			c.Name = strconv.Itoa(i)
			t.Logf("%v\n--- program ---\n%s", c, programs[i])
		}
	}
	t.Logf("%d have a value, %d differ", values, differ)
	// Only the order of attributes may make a difference.
	assert.LessOrEqual(t, differ, n/20)
}
