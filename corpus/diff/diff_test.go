package diff

// This file defines TestParse, which needs the reference.

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/corpus/gen"
)

const (
	workers     = 2
	batchSize   = 100
	maxExamples = 20  // printed, of each sort: wrong ones, and messages that differ
	maxTries    = 400 // to make an example smaller
)

// TestParse compares "firn parse" with "$FIRN_ORACLE --parse". It fails where
// one accepts what the other does not, or where the trees differ. Error
// messages are compared and counted, too, but do not make it fail.
//
//	FIRN_ORACLE       command of the reference, such as nix-instantiate
//	FIRN_BIN          command of firn; the default is to build it
//	FIRN_DIFF_N       number of programs, 2000 by default
//	FIRN_DIFF_SEED    a number; program I of seed S is always the same
//	FIRN_DIFF_FILES   directory: take .nix files from there instead of generating programs
//	FIRN_DIFF_MUTATE  1: damage the programs
//	FIRN_DIFF_PIPES   1: with pipe operators, an experimental feature
//	FIRN_DIFF_SAVE    directory for the programs on which firn is wrong
func TestParse(t *testing.T) {
	if os.Getenv("FIRN_ORACLE") == "" {
		t.Skip("needs the reference: FIRN_ORACLE=nix-instantiate go test ./corpus/diff -v -timeout 1h")
	}
	run := newRun(t)
	start := time.Now()
	run.all()
	seconds := time.Since(start).Seconds()
	t.Logf("seed %d, %.0f s, %.0f programs per second\n%v", run.seed, seconds, float64(run.n)/seconds, &run.counts)
	require.Zero(t, run.counts.Wrong(), "programs on which firn is wrong")
}

// A run is one run of TestParse.
type run struct {
	t       *testing.T
	n       int
	seed    uint64
	files   []string // empty if the programs are generated
	mutate  bool
	pipes   bool
	command []string // of firn
	dir     string   // for programs that are not in files
	counts  Counts

	mu       sync.Mutex
	examples map[bool]int // printed so far, by whether firn is wrong
}

func newRun(t *testing.T) *run {
	r := &run{
		t:        t,
		n:        number(t, "FIRN_DIFF_N", 2000),
		seed:     uint64(number(t, "FIRN_DIFF_SEED", 1)),
		mutate:   os.Getenv("FIRN_DIFF_MUTATE") == "1",
		pipes:    os.Getenv("FIRN_DIFF_PIPES") == "1",
		command:  strings.Fields(os.Getenv("FIRN_BIN")),
		dir:      t.TempDir(),
		examples: map[bool]int{},
	}
	if len(r.command) == 0 {
		r.command = []string{build(t, r.dir)}
	}
	if dir := os.Getenv("FIRN_DIFF_FILES"); dir != "" {
		r.files = sample(t, dir, r.n, r.seed)
		if !r.mutate {
			r.n = min(r.n, len(r.files))
		}
	}
	return r
}

func number(t *testing.T, name string, or int) int {
	s := os.Getenv(name)
	if s == "" {
		return or
	}
	n, err := strconv.Atoi(s)
	require.NoError(t, err, name)
	return n
}

func build(t *testing.T, dir string) string {
	bin := filepath.Join(dir, "firn")
	out, err := exec.Command("go", "build", "-o", bin, "github.com/firn-lang/firn/cmd/firn").CombinedOutput()
	require.NoError(t, err, "%s", out)
	return bin
}

// sample returns up to n of the .nix files below dir, in random order.
func sample(t *testing.T, dir string, n int, seed uint64) []string {
	dir, err := filepath.Abs(dir)
	require.NoError(t, err)
	var files []string
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() && filepath.Ext(path) == ".nix" {
			files = append(files, path)
		}
		return err
	})
	require.NoError(t, err)
	require.NotEmpty(t, files, "no .nix files below %s", dir)
	rand.New(rand.NewPCG(seed, 0)).Shuffle(len(files), func(i, j int) { files[i], files[j] = files[j], files[i] })
	return files[:min(n, len(files))]
}

// all judges the programs, batch by batch.
func (r *run) all() {
	var next atomic.Int64
	var wg sync.WaitGroup
	for w := range workers {
		pair, dir := r.pair(w)
		wg.Go(func() {
			for {
				to := int(next.Add(batchSize))
				from := to - batchSize
				if from >= r.n || !r.batch(pair, dir, from, min(to, r.n)) {
					return
				}
			}
		})
	}
	wg.Wait()
}

// pair returns the two sides and a directory for one worker.
func (r *run) pair(worker int) (Pair, string) {
	dir := filepath.Join(r.dir, fmt.Sprint("w", worker))
	require.NoError(r.t, os.Mkdir(dir, 0o755))
	marker, err := NewMarker(dir)
	require.NoError(r.t, err)
	p := Pair{Reference(strings.Fields(os.Getenv("FIRN_ORACLE")), marker), Firn(r.command, marker)}
	if r.pipes {
		p.Reference.Args = append(p.Reference.Args, "--extra-experimental-features", "pipe-operators")
		p.Firn.Args = append(p.Firn.Args, "--extra-experimental-features", "pipe-operators")
	}
	return p, dir
}

// batch judges programs from..to-1. It reports false if that is impossible.
func (r *run) batch(pair Pair, dir string, from, to int) bool {
	cases := make([]Case, 0, to-from)
	for i := from; i < to; i++ {
		c, err := r.program(dir, i)
		if err != nil {
			r.t.Error(err)
			return false
		}
		cases = append(cases, c)
	}
	pair.Judge(r.t.Context(), cases)
	for _, c := range cases {
		if r.counts.Add(c) {
			r.example(pair, dir, c)
		}
		if c.Verdict.Wrong() {
			r.save(c)
		}
		if strings.HasPrefix(c.File, dir) {
			os.Remove(c.File)
		}
	}
	return true
}

// program returns program i, as a file.
func (r *run) program(dir string, i int) (Case, error) {
	rnd := rand.New(rand.NewPCG(r.seed, uint64(i)))
	name := fmt.Sprintf("program %d of seed %d", i, r.seed)
	var src string
	if len(r.files) > 0 {
		name = r.files[i%len(r.files)]
		if !r.mutate {
			return Case{Name: name, File: name}, nil
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return Case{}, err
		}
		src = string(text)
		name += fmt.Sprintf(", damaged (%d)", i)
	} else {
		src = gen.Program(rnd, gen.Options{Pipes: r.pipes, Closed: i%4 != 0})
	}
	if r.mutate {
		src = gen.Mutate(rnd, src)
	}
	c := Case{Name: name, File: filepath.Join(dir, fmt.Sprintf("p%d.nix", i))}
	return c, os.WriteFile(c.File, []byte(src), 0o644)
}

// example makes a program smaller and prints it.
func (r *run) example(pair Pair, dir string, c Case) {
	r.mu.Lock()
	r.examples[c.Verdict.Wrong()]++
	enough := r.examples[c.Verdict.Wrong()] > maxExamples
	r.mu.Unlock()
	if enough {
		return
	}
	text, err := os.ReadFile(c.File)
	if err != nil {
		r.t.Error(err)
		return
	}
	small := Minimise(string(text), maxTries, func(candidates []string) int {
		i, err := pair.First(r.t.Context(), candidates, c.Kind(), dir)
		if err != nil {
			r.t.Error(err)
		}
		return i
	})
	shown := []Case{{Name: c.Name, File: filepath.Join(dir, "small.nix")}}
	if err := os.WriteFile(shown[0].File, []byte(small), 0o644); err != nil {
		r.t.Error(err)
		return
	}
	pair.Judge(r.t.Context(), shown)
	r.t.Logf("%v\n--- program, of %d bytes, made smaller ---\n%s\n(as a Go string: %s)\n", shown[0], len(text), clip(small, 1000), clip(strconv.Quote(small), 1000))
}

// save keeps a program on which firn is wrong.
func (r *run) save(c Case) {
	to := os.Getenv("FIRN_DIFF_SAVE")
	if to == "" {
		return
	}
	text, err := os.ReadFile(c.File)
	if err == nil {
		err = os.MkdirAll(to, 0o755)
	}
	if err == nil {
		name := strings.ReplaceAll(c.Verdict.String(), " ", "-") + fmt.Sprintf("-%d-", r.seed) + filepath.Base(c.File)
		err = os.WriteFile(filepath.Join(to, name), text, 0o644)
	}
	if err != nil {
		r.t.Error(err)
	}
}
