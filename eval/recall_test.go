package eval_test

// This file tests results that are kept: that what is recalled is what an evaluation comes to,
// whatever was changed meanwhile.

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/eval"
	"github.com/firn-lang/firn/eval/memo"
	"github.com/firn-lang/firn/eval/world"
)

var recallRounds = flag.Int("recall-rounds", 2000, "rounds of TestRecallRandom")

// An aged is the world of the machine in which all files were last changed long ago, so that stamps
// are relied on. The clock of its file system is as fine as that of no real one: each change that the
// test says gets a time of its own.
type aged struct {
	world.Host
	on      bool // or times are as they are
	env     map[string]string
	changes map[string]int64 // by path: the number of the latest
}

func (a *aged) info(path string, info world.FileInfo, err error) (world.FileInfo, error) {
	if a.on {
		info.ModTime = info.ModTime.Add(-time.Hour)
		info.ID.Changed = time.Now().Add(-time.Hour).Unix()/1e6*1e15 + a.changes[path]
	}
	return info, err
}

func (a *aged) Lstat(ctx context.Context, path string) (world.FileInfo, error) {
	info, err := a.Host.Lstat(ctx, path)
	return a.info(path, info, err)
}

func (a *aged) Open(ctx context.Context, path string) (world.File, error) {
	f, err := a.Host.Open(ctx, path)
	if err != nil {
		return nil, err
	}
	return agedFile{f, a, path}, nil
}

func (a *aged) Getenv(_ context.Context, name string) string { return a.env[name] }

type agedFile struct {
	world.File
	a    *aged
	path string
}

func (f agedFile) Stat() (world.FileInfo, error) {
	info, err := f.File.Stat()
	return f.a.info(f.path, info, err)
}

// A tree is a folder that is changed at random.
type tree struct {
	dir string
	*aged
	rand *rand.Rand
	t    *testing.T
}

// names are the files that a tree can have; any of them may be a folder, a link, or not there.
var names = []string{"a.nix", "b.nix", "data", "link", "maybe", "d", "d/b.nix", "d/x", "d/sub", "d/sub/x", "p1", "p1/foo", "p2", "p2/foo"}

// texts are what files contain; many are of the same length.
var texts = []string{"11", "12", "[ ]", "{ }", "./b", "import ./b.nix", "import ./d/b.nix", "import ./d/x ", "builtins.readFile ./data", "builtins.getEnv \"X\"", "throw \"1\"", "throw \"2\"", "builtins.trace \"t\" 5"}

func (tr *tree) pick(list []string) string { return list[tr.rand.IntN(len(list))] }

// changed says that a file, and so its folder, was changed.
func (tr *tree) changed(path string) {
	tr.changes["clock"]++
	for _, p := range []string{path, filepath.Dir(path)} {
		tr.changes[p] = tr.changes["clock"]
	}
	_ = filepath.WalkDir(path, func(p string, _ fs.DirEntry, err error) error {
		tr.changes[p] = tr.changes["clock"]
		return nil
	})
}

// change makes a change that a user, or one who wants to deceive the cache, could make.
func (tr *tree) change() {
	path := filepath.Join(tr.dir, filepath.FromSlash(tr.pick(names)))
	other := filepath.Join(tr.dir, filepath.FromSlash(tr.pick(names)))
	defer func() { tr.changed(path); tr.changed(other) }()
	old, err := os.Lstat(path)
	text := []byte(tr.pick(texts))
	if err == nil && tr.rand.IntN(2) == 0 && old.Mode().IsRegular() { // the same size
		for i := 0; i < 50 && int64(len(text)) != old.Size(); i++ {
			text = []byte(tr.pick(texts))
		}
	}
	sameTime := func(path string) {
		if err == nil {
			_ = os.Chtimes(path, old.ModTime(), old.ModTime())
		}
	}
	switch tr.rand.IntN(14) {
	case 0, 1:
		_ = os.MkdirAll(filepath.Dir(path), 0o755)
		_ = os.WriteFile(path, text, 0o644)
	case 2: // edited in place, with the old time
		_ = os.WriteFile(path, text, 0o644)
		sameTime(path)
	case 3: // replaced by another file of that time
		temp := filepath.Join(tr.dir, "temp")
		if err == nil && !old.IsDir() {
			_ = os.WriteFile(temp, text, 0o644)
			sameTime(temp)
			_ = os.Rename(temp, path)
		}
	case 4:
		now := time.Now()
		_ = os.Chtimes(path, now, now)
	case 5:
		_ = os.RemoveAll(path)
	case 6:
		_ = os.Rename(path, other)
	case 7: // swapped
		temp := filepath.Join(tr.dir, "temp")
		if os.Rename(path, temp) == nil {
			_ = os.Rename(other, path)
			_ = os.Rename(temp, other)
			_ = os.RemoveAll(temp)
		}
	case 8:
		_ = os.Remove(path)
		_ = os.MkdirAll(path, 0o755)
	case 9:
		_ = os.Remove(path)
		target, _ := filepath.Rel(filepath.Dir(path), other)
		_ = os.Symlink(target, path)
	case 10:
		_ = os.Chmod(path, []fs.FileMode{0o644, 0o755}[tr.rand.IntN(2)])
	case 11:
		tr.env["X"] = tr.pick([]string{"", "1", "2"})
	case 12: // a hard link
		_ = os.Remove(path)
		_ = os.Link(other, path)
	case 13: // nothing
	}
}

// programs are evaluated in the folder of a tree.
var recallPrograms = []string{
	`import ./a.nix`, `builtins.readFile ./data`, `builtins.readDir ./d`, `builtins.pathExists ./maybe`, `builtins.readFileType ./maybe`,
	`"${builtins.path { path = ./d; name = "d"; }}"`, `import ./link`, `builtins.readFile ./link`, `builtins.readDir ./link`,
	`"${builtins.filterSource (p: t: t == "regular") ./d}"`, `builtins.pathExists ./link/x`, `import <foo>`, `<foo>`, `builtins.hashFile "sha256" ./d/sub/x`,
	`(derivation { name = "n"; builder = ./data; system = builtins.currentSystem; }).drvPath`, `builtins.getEnv "X"`,
	`builtins.readFile (builtins.toFile "f" (builtins.readFile ./data))`, `import ./d/b.nix`, `builtins.trace (builtins.getEnv "X") 1`,
	`(builtins.tryEval (import ./a.nix)).success`, `builtins.currentTime > 0`, `builtins.pathExists (builtins.toFile "g" (builtins.readFile ./data))`,
	`map (n: builtins.pathExists (./d + "/${n}")) (builtins.attrNames (builtins.readDir ./.))`,
}

// A lineWriter is called with each message.
type lineWriter func(text string)

func (w lineWriter) Write(text []byte) (int, error) {
	w(string(text))
	return len(text), nil
}

// run evaluates programs one after the other, and returns what they come to and what they print. With
// a cache, that may be what was kept.
func (tr *tree) run(system string, memory bool, cache *memo.Cache, programs []string) (results, messages []string, recalled int) {
	opt := eval.Options{
		Host: tr.aged, Dir: tr.dir, System: system, Cache: cache, Now: time.Now,
		SearchPath: []eval.SearchPathEntry{{Path: "p1"}, {Path: "p2"}}, Messages: lineWriter(func(text string) { messages = append(messages, text) }),
	}
	if memory {
		opt.Store = eval.Memory("")
	}
	ev, err := eval.New(opt)
	require.NoError(tr.t, err)
	found := make([]*eval.Recalled, len(programs))
	talking := 0
	for i, p := range programs {
		if found[i] = ev.Recall(tr.t.Context(), p); found[i] != nil {
			recalled++
			talking += len(found[i].Messages)
		}
	}
	failed := false
	for i, p := range programs {
		if f := found[i]; f != nil && (talking == 0 || len(programs) == 1) {
			results, messages = append(results, string(f.Result)), append(messages, f.Messages...)
			continue
		}
		v, err := ev.Eval(tr.t.Context(), eval.Text{Name: "p", Source: p, Dir: tr.dir})
		var text []byte
		if err == nil {
			if err = v.DeepForce(tr.t.Context()); err == nil {
				text = []byte(v.String())
			}
		}
		if err != nil {
			failed = true
			text = []byte("error: " + err.Error())
		}
		results = append(results, string(text))
		if !failed {
			ev.Keep(p, text)
		}
	}
	return results, messages, recalled
}

// TestRecallRandom compares what is recalled with what is evaluated, over changes of all kinds.
// With -recall-rounds=100000 it takes some minutes.
func TestRecallRandom(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	dir, err := filepath.EvalSymlinks(t.TempDir())
	require.NoError(t, err)
	tr := &tree{dir: dir, aged: &aged{Host: world.OS(), env: map[string]string{}, changes: map[string]int64{}}, rand: rand.New(rand.NewPCG(seed, 0)), t: t}
	cache := memo.Open(filepath.Join(t.TempDir(), "cache"), memo.Options{Bytes: 1 << 20})
	for range 40 {
		tr.change()
	}
	hits := 0
	for round := range *recallRounds {
		for range tr.rand.IntN(3) {
			tr.change()
		}
		tr.on = tr.rand.IntN(4) > 0
		programs := []string{tr.pick(recallPrograms)}
		if tr.rand.IntN(3) == 0 {
			programs = append(programs, tr.pick(recallPrograms))
		}
		system, memory := tr.pick([]string{"x86_64-linux", "aarch64-linux"}), tr.rand.IntN(2) == 0
		got, said, recalled := tr.run(system, memory, cache, programs)
		want, toldCold, _ := tr.run(system, memory, nil, programs)
		hits += recalled
		if !assert.Equal(t, want, got, "round %d of seed %d: %q", round, seed, programs) || !assert.Equal(t, toldCold, said, "messages of round %d of seed %d: %q", round, seed, programs) {
			return
		}
	}
	t.Logf("%d of %d rounds recalled a result", hits, *recallRounds)
	assert.Greater(t, hits, *recallRounds/10, "results that were recalled")
}

// recallText returns what Recall has for a program in an evaluator of opt, or evaluates and keeps it.
func recallText(t *testing.T, opt eval.Options, program string) (text string, recalled bool) {
	t.Helper()
	ev, err := eval.New(opt)
	require.NoError(t, err)
	if r := ev.Recall(t.Context(), program); r != nil {
		return string(r.Result), true
	}
	v, err := ev.EvalString(t.Context(), program)
	require.NoError(t, err)
	require.NoError(t, v.DeepForce(t.Context()))
	ev.Keep(program, []byte(v.String()))
	return v.String(), false
}

func TestRecallOptions(t *testing.T) {
	cache := memo.Open(filepath.Join(t.TempDir(), "cache"), memo.Options{})
	files := fstest.MapFS{"f": {Data: []byte("1")}}
	base := func() eval.Options { return eval.Options{FS: files, Cache: cache} }
	program := `builtins.readFile /f`
	_, recalled := recallText(t, base(), program)
	assert.False(t, recalled)
	_, recalled = recallText(t, base(), program)
	assert.True(t, recalled)
	for name, change := range map[string]func(*eval.Options){
		"StoreDir": func(o *eval.Options) { o.StoreDir = "/s" }, "Store": func(o *eval.Options) { o.Store = eval.Memory("") },
		"SearchPath": func(o *eval.Options) { o.SearchPath = []eval.SearchPathEntry{{Path: "/"}} }, "Dir": func(o *eval.Options) { o.Dir = "/d" },
		"Allowed": func(o *eval.Options) { o.Allowed = []string{"/"} }, "Pure": func(o *eval.Options) { o.Pure = true },
		"System": func(o *eval.Options) { o.System = "s" }, "Home": func(o *eval.Options) { o.Home = "/h" },
		"Features": func(o *eval.Options) { o.Features = []string{"pipe-operators"} }, "Limits": func(o *eval.Options) { o.Limits.CallDepth = 100 },
		"TraceImportFromDerivation": func(o *eval.Options) { o.TraceImportFromDerivation = true },
		"NoImportFromDerivation":    func(o *eval.Options) { o.NoImportFromDerivation = true }, "TraceVerbose": func(o *eval.Options) { o.TraceVerbose = true },
		"AbortOnWarn": func(o *eval.Options) { o.AbortOnWarn = true }, "Functions": func(o *eval.Options) { o.Functions = []eval.Function{eval.Func("f", func(n int) int { return n })} },
		"NativeCode": func(o *eval.Options) { o.NativeCode = true },
	} {
		opt := base()
		change(&opt)
		_, recalled := recallText(t, opt, program)
		assert.False(t, recalled, name)
		_, recalled = recallText(t, opt, program)
		assert.True(t, recalled, name)
	}
	_, recalled = recallText(t, base(), program+" ")
	assert.False(t, recalled, "another key")
}

// What is different each time is not kept.
func TestRecallNever(t *testing.T) {
	cache := memo.Open(filepath.Join(t.TempDir(), "cache"), memo.Options{})
	now := eval.Func("now", func(int) int { return 1 }).Transient()
	for _, program := range []string{`builtins.currentTime`, `builtins.now 1`, `(builtins.tryEval (builtins.readFile (builtins.fetchurl "file:///f"))).success`} {
		opt := eval.Options{FS: fstest.MapFS{"f": {Data: []byte("1")}}, Cache: cache, Functions: []eval.Function{now}, Now: time.Now}
		for range 2 {
			_, recalled := recallText(t, opt, program)
			assert.False(t, recalled, program)
		}
	}
}

// Messages are those of the first result only, so later ones are not kept once there are any.
func TestRecallMessages(t *testing.T) {
	cache := memo.Open(filepath.Join(t.TempDir(), "cache"), memo.Options{})
	opt := eval.Options{Cache: cache}
	ev, err := eval.New(opt)
	require.NoError(t, err)
	_, err = ev.EvalString(t.Context(), `builtins.trace "x" 1`)
	require.NoError(t, err)
	assert.True(t, ev.Keep("1", []byte("1")))
	assert.False(t, ev.Keep("2", []byte("2")))
	assert.False(t, ev.Keep("3", nil))
	assert.Nil(t, ev.Recall(t.Context(), "3"))
	ev, err = eval.New(opt)
	require.NoError(t, err)
	assert.Equal(t, &eval.Recalled{Result: []byte("1"), Messages: []string{"trace: x\n"}}, ev.Recall(t.Context(), "1"))
	assert.Nil(t, ev.Recall(t.Context(), "2"))
}

// A file that cannot be read, and then can, is noticed, also by what goes on without it.
func TestRecallFailedRead(t *testing.T) {
	cache := memo.Open(filepath.Join(t.TempDir(), "cache"), memo.Options{})
	broken := &failing{Host: world.FromFS(fstest.MapFS{"f": {Data: []byte("1")}}, nil), err: errors.New("no such luck")}
	program := `builtins.pathExists /f`
	for _, want := range []bool{false, true} {
		ev, err := eval.New(eval.Options{Host: broken, Cache: cache})
		require.NoError(t, err)
		assert.Nil(t, ev.Recall(t.Context(), program))
		if v, err := ev.EvalString(t.Context(), program); err == nil {
			ev.Keep(program, []byte(v.String()))
			assert.Equal(t, fmt.Sprint(want), v.String())
		} else {
			assert.False(t, want, err)
			ev.Keep(program, []byte("caught"))
		}
		broken.err = nil
	}
}

// A failing is a world in which looking at files fails with an error, if there is one.
type failing struct {
	world.Host
	err error
}

func (f *failing) Lstat(ctx context.Context, path string) (world.FileInfo, error) {
	if f.err != nil && strings.HasPrefix(path, "/f") {
		return world.FileInfo{}, f.err
	}
	return f.Host.Lstat(ctx, path)
}

// Several evaluators, as in several processes, use one cache at once.
func TestRecallTogether(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "cache")
	var wait sync.WaitGroup
	for i := range 8 {
		wait.Go(func() {
			for j := range 40 {
				cache := memo.Open(dir, memo.Options{Bytes: 4096})
				files := fstest.MapFS{"f": {Data: fmt.Append(nil, j%3)}}
				got, _ := recallText(t, eval.Options{FS: files, Cache: cache}, fmt.Sprintf("builtins.readFile /f + %q", strings.Repeat("x", (i+j)%5)))
				assert.Equal(t, fmt.Sprintf("%q", fmt.Sprint(j%3)+strings.Repeat("x", (i+j)%5)), got)
			}
		})
	}
	wait.Wait()
}
