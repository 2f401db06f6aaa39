package repl_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/eval"
	"github.com/firn-lang/firn/repl"
)

func TestSaveAndSource(t *testing.T) {
	ctx := context.Background()
	dir := filepath.ToSlash(t.TempDir())
	s, out := newSession(t, nil)
	for _, input := range []string{"x = 1", "inherit (builtins) map", ":l ./machine.nix", ":a { q = {\n  r = 2;\n}; }", "throw \"not saved\"", ":save " + dir + "/session"} {
		s.Input(ctx, input)
	}
	assert.Contains(t, out.String(), "4 inputs written to "+dir+"/session\n")
	text, err := os.ReadFile(dir + "/session")
	require.NoError(t, err)
	assert.Equal(t, "x = 1\ninherit (builtins) map\n:l ./machine.nix\n:a { q = {\n  r = 2;\n}; }\n", string(text))
	_, err = os.Stat(dir + "/session.new")
	assert.ErrorIs(t, err, os.ErrNotExist)

	again, out := newSession(t, nil)
	again.Input(ctx, ":source "+dir+"/session")
	out.Reset()
	again.Input(ctx, "[ x q.r hostName ]")
	assert.Equal(t, "[\n  1\n  2\n  \"cellar\"\n]\n", out.String())
	assert.False(t, again.Failed())

	// It stops at what fails, and says where.
	require.NoError(t, os.WriteFile(dir+"/bad", []byte("y = 1\nfoo\nz = 2\n"), 0o644))
	out.Reset()
	again.Input(ctx, ":source "+dir+"/bad")
	assert.Contains(t, out.String(), "undefined variable 'foo'")
	assert.Contains(t, out.String(), "stopped at line 2 of "+dir+"/bad")
	assert.True(t, again.Failed())

	// A file that does itself ends.
	require.NoError(t, os.WriteFile(dir+"/itself", []byte(":source "+dir+"/itself\n"), 0o644))
	out.Reset()
	again.Input(ctx, ":source "+dir+"/itself")
	assert.Contains(t, out.String(), "nested too deeply")

	out.Reset()
	again.Input(ctx, ":save "+dir+"/no/such/folder")
	again.Input(ctx, ":source "+dir+"/nonesuch")
	assert.Equal(t, 2, strings.Count(out.String(), "error: "), out.String())
}

// What was defined again is not written, unless something was made of it.
func TestSaveDropsWhatIsGone(t *testing.T) {
	ctx := context.Background()
	path := filepath.ToSlash(t.TempDir()) + "/session"
	s, _ := newSession(t, nil)
	for _, input := range []string{"x = 1", "y = x + 1", "x = 2", "x = 3", "z = 1", "z = z + 1", "p = 1; q = 2", "p = 3", ":a { q = 4; }", ":save " + path} {
		s.Input(ctx, input)
	}
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, "x = 1\ny = x + 1\nx = 3\nz = 1\nz = z + 1\np = 3\n:a { q = 4; }\n", string(text))
}

func TestWatch(t *testing.T) {
	files := fstest.MapFS{"a.nix": {Data: []byte("{ x = 1; }")}}
	var out lockedBuffer
	s, err := repl.New(repl.Options{
		New: func(*repl.Settings) (*eval.Evaluator, error) {
			return eval.New(eval.Options{FS: &out.fs, Record: true})
		},
		Out: &out, Err: &out, Dir: "/",
	})
	require.NoError(t, err)
	out.fs.set(files)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		s.Input(ctx, ":watch (import ./a.nix).x + 1")
		close(done)
	}()
	out.wait(t, "2\n")
	out.fs.set(fstest.MapFS{"a.nix": {Data: []byte("{ x = 41; }")}})
	out.wait(t, "42\n")
	out.fs.set(fstest.MapFS{"a.nix": {Data: []byte("{ x = ; }")}})
	out.wait(t, "syntax error")
	out.fs.set(files)
	out.wait(t, "2\n")
	cancel()
	<-done
	assert.False(t, s.Quit())
}

// Candidates, shortened to what is behind the text.
func TestCandidates(t *testing.T) {
	ctx := context.Background()
	s, _ := newSession(t, nil)
	for _, input := range []string{
		":l ./machine.nix", "lib = import ./lib.nix", `deep = { a.b."c d" = { e = 1; }; fail = throw "x"; }`,
		"never = let f = x: f x; in f 1", `slow = builtins.length (builtins.filter (x: builtins.all (y: y >= 0) long) long)`,
	} {
		s.Input(ctx, input)
	}
	for _, test := range []struct {
		text string
		want string // words, in place of the end of the text
		n    int
	}{
		{"hostN", "hostName", 5},
		{"1 + hostN", "hostName", 5},
		{"lib.do", "double", 2},
		{"lib.", "broken double greet", 0},
		{"deep.a.b.", `"c d"`, 0},
		{`deep.a.b."c`, `"c d"`, 2},
		{`deep.a.b."c d".`, "e", 0},
		{"(import ./lib.nix).gr", "greet", 2},
		{"{ xy = 1; }.x", "xy", 1},
		{"rec { xy = 1; yz = xy; }.y", "yz", 1},
		{"builtins.getE", "getEnv", 4},
		{"let longName = 1; in longN", "longName", 5},
		{"x: xs: x", "x xs", 1},
		{"deep.fail.", "", 0},
		{"never.", "", 0},
		{"nonesuch.", "", 0},
		{"1.", "", 0},
		{`"a string `, "", 0},
		{"# a comment ho", "", 0},
		{"./mach", "./machine.nix", 6},
		{"import ./th", "./things/", 4},
		{"~/li", "~/lib.nix", 4},
		{"/home/alice/things/", "/home/alice/things/default.nix", 19},
		{"<thi", "<things>", 4},
		{"<things/de", "<things/default.nix", 10},
		{"a<thi", "<things>", 4},
		{":rel", ":reload", 4},
		{":l ./mach", "./machine.nix", 6},
		{":l mach", "machine.nix", 4},
		{":l <thi", "<things>", 4},
		{":t lib.do", "double", 2},
		{":set de", "debugger depth", 2},
		{":set trace t", "true", 1},
		{":te f", "false", 1},
		{":? :re", ":reload", 3},
		{":nonesuch x", "", 0},
		{":q x", "", 0},
		{"a }.b", "", 0},
		{").b", "", 0},
		{"", "", -1},
	} {
		words, n := s.Candidates(ctx, test.text)
		if test.n < 0 { // everything
			assert.Contains(t, words, "hostName")
			assert.Contains(t, words, "builtins")
			assert.NotContains(t, words, "__add")
			continue
		}
		assert.Equal(t, test.want, strings.Join(words, " "), test.text)
		if len(words) > 0 {
			assert.Equal(t, test.n, n, test.text)
		}
	}
}

var inputs = flag.Int("inputs", 20_000, "how many inputs TestManyInputs has")

// Memory of a session does not grow with its inputs.
func TestManyInputs(t *testing.T) {
	n := *inputs
	ctx := context.Background()
	s, out := newSession(t, nil)
	var lastGo, last uint64
	for i := range n {
		switch i % 4 {
		case 0:
			s.Input(ctx, fmt.Sprintf("x%d = builtins.genList (n: n + %d) 100", i%40, i))
		case 1:
			s.Input(ctx, fmt.Sprintf("builtins.length x%d", i%40/4*4))
		case 2:
			s.Input(ctx, fmt.Sprintf("throw \"%d\"", i))
		case 3:
			s.Input(ctx, fmt.Sprintf(":a { name%d = %d; f%d = a: a; }", i%40, i, i%40))
		}
		out.Reset()
		if i == n/2 {
			lastGo, last = memory(t, s)
		}
	}
	nowGo, now := memory(t, s)
	assert.Less(t, now, last+last/4+64<<10, "bytes of values now and in the middle")
	assert.Less(t, nowGo, lastGo+8<<20, "bytes of Go now and in the middle")
}

func memory(t *testing.T, s *repl.Session) (inGo, inValues uint64) {
	t.Helper()
	for range 3 {
		runtime.GC()
		require.NoError(t, s.Evaluator().Collect(context.Background()))
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	t.Logf("%d bytes of Go, %d of values", m.HeapAlloc, s.Evaluator().Stats().HeapUsed)
	return m.HeapAlloc, s.Evaluator().Stats().HeapUsed
}

// An interrupted evaluation leaves a session that goes on.
func TestInterrupt(t *testing.T) {
	var interrupt atomic.Pointer[context.CancelFunc]
	s, out := newSession(t, func(opt *repl.Options) {
		opt.Interruptible = func(ctx context.Context) (context.Context, func()) {
			ctx, cancel := context.WithCancel(ctx)
			interrupt.Store(&cancel)
			return ctx, cancel
		}
	})
	for range 5 {
		out.Reset()
		interrupt.Store(nil)
		go func() {
			for interrupt.Load() == nil {
				time.Sleep(time.Millisecond)
			}
			time.Sleep(10 * time.Millisecond)
			(*interrupt.Load())()
		}()
		s.Input(context.Background(), "let l = builtins.genList (x: x) 100000; in builtins.length (builtins.filter (x: builtins.all (y: y >= 0) l) l)")
		assert.Equal(t, "error: interrupted by the user\n", out.String())
	}
	out.Reset()
	s.Input(context.Background(), "1 + 1")
	assert.Equal(t, "2\n", out.String())
}

func TestPager(t *testing.T) {
	pages := 0
	s, out := newSession(t, func(opt *repl.Options) {
		opt.Rows = func() int { return 5 }
		opt.Pause = func() bool { pages++; return pages < 3 }
	})
	s.Input(context.Background(), ":set pager true")
	s.Input(context.Background(), "builtins.genList (x: x) 100")
	assert.Equal(t, 3, pages)
	assert.Equal(t, 12, strings.Count(out.String(), "\n"))
	assert.False(t, s.Failed())
}

func TestHighlight(t *testing.T) {
	assert.Equal(t, "\x1b[1;34mlet\x1b[0m x = \x1b[36m1\x1b[0m; \x1b[1;34min\x1b[0m x", repl.Highlight("let x = 1; in x"))
	assert.Equal(t, "\x1b[1m:t\x1b[0m \x1b[35m\"a\"\x1b[0m", repl.Highlight(":t \"a\""))
	plain := `a "b ${c} ''`
	got := repl.Highlight(plain)
	for _, c := range []string{"\x1b[0m", "\x1b[35m", "\x1b[36m", "\x1b[31m", "\x1b[1;34m", "\x1b[32m", "\x1b[2m"} {
		got = strings.ReplaceAll(got, c, "")
	}
	assert.Equal(t, plain, got)
}

// FuzzInput looks for inputs that end a session.
func FuzzInput(f *testing.F) {
	for _, input := range []string{"1", "x = 1", ":t x", ":set depth 2", "{", ":why a.b", ":doc (", ":l <", "it"} {
		f.Add(input)
	}
	f.Fuzz(func(t *testing.T, input string) {
		var out bytes.Buffer
		set := repl.DefaultSettings()
		set.Time = time.Second
		set.Memory = 16 << 20
		s, err := repl.New(repl.Options{
			Settings: set, Out: &out, Err: &out,
			New: func(*repl.Settings) (*eval.Evaluator, error) { return eval.New(eval.Options{Heap: 1 << 30}) },
		})
		require.NoError(t, err)
		if strings.Contains(input, ":save") || strings.Contains(input, ":source") || strings.Contains(input, ":w") {
			return
		}
		ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
		defer cancel()
		s.Complete(input)
		s.Candidates(ctx, input)
		s.Input(ctx, input)
		repl.Highlight(input)
	})
}

func TestProfile(t *testing.T) {
	s, out := newSession(t, nil)
	ctx := context.Background()
	s.Input(ctx, "square = x: x * x")
	s.Input(ctx, "busy = builtins.genList square 5000")
	out.Reset()
	s.Input(ctx, ":profile builtins.foldl' builtins.add 0 busy")
	assert.Regexp(t, `(?m) 5000 .* square`, out.String(), "calls")
	assert.Regexp(t, `(?m) all$`, out.String())
	out.Reset()
	s.Input(ctx, ":profile nonesuch")
	assert.Contains(t, out.String(), "undefined variable 'nonesuch'")
	out.Reset()
	s.Input(ctx, "square 3")
	assert.Equal(t, "9\n", out.String())
}

// Files of others stay as they are.
func TestSaveKeepsFilesOfOthers(t *testing.T) {
	ctx := context.Background()
	dir := filepath.ToSlash(t.TempDir())
	require.NoError(t, os.WriteFile(dir+"/notes", []byte("mine"), 0o644))
	s, out := newSession(t, nil)
	s.Input(ctx, "x = 1")
	s.Input(ctx, ":save "+dir+"/notes")
	assert.Contains(t, out.String(), "there is a file")
	text, err := os.ReadFile(dir + "/notes")
	require.NoError(t, err)
	assert.Equal(t, "mine", string(text))

	// What was saved or sourced here is written again.
	s.Input(ctx, ":save "+dir+"/own")
	s.Input(ctx, "y = 2")
	out.Reset()
	s.Input(ctx, ":save "+dir+"/own")
	assert.Equal(t, "2 inputs written to "+dir+"/own\n", out.String())
	again, out := newSession(t, nil)
	again.Input(ctx, ":source "+dir+"/own")
	again.Input(ctx, ":save "+dir+"/own")
	assert.Equal(t, "2 inputs written to "+dir+"/own\n", out.String())
	left, err := os.ReadDir(dir)
	require.NoError(t, err)
	assert.Len(t, left, 2, "no temporary files")
}

// A setting with which the session cannot begin changes nothing.
func TestSettingThatFails(t *testing.T) {
	ctx := context.Background()
	s, out := newSession(t, func(opt *repl.Options) {
		opt.Added = append(opt.Added, func(ctx context.Context, ev *eval.Evaluator) (eval.Value, error) {
			return ev.EvalString(ctx, `builtins.seq builtins.currentSystem { kind = builtins.substring 0 3 builtins.currentSystem; }`)
		})
	})
	s.Input(ctx, "k = 1")
	s.Input(ctx, ":set pure true")
	require.True(t, s.Failed(), "there is no currentSystem")
	out.Reset()
	s.Input(ctx, "[ k kind ]")
	assert.Equal(t, "[\n  1\n  \"x86\"\n]\n", out.String())
}

func TestWatchNothing(t *testing.T) {
	s, out := newSession(t, nil)
	s.Input(context.Background(), ":watch 1 + 1")
	assert.Equal(t, "2\nerror: nothing to watch: the value depends on no file\n", out.String())
}

// stopped are derivations whose builds the user interrupts.
type stopped struct{ repl.Derivations }

// Build implements repl.Derivations.
func (stopped) Build(context.Context, string) ([]repl.Output, error) {
	return nil, fmt.Errorf("while building: %w", context.Canceled)
}

// An interrupted build is told in the words of an interrupted evaluation.
func TestInterruptBuild(t *testing.T) {
	s, out := newSession(t, func(opt *repl.Options) { opt.Derivations = stopped{} })
	s.Input(context.Background(), `:b derivation { name = "x"; system = "x"; builder = "/b"; }`)
	assert.Equal(t, "error: interrupted by the user\n", out.String())
}
