package build

// This file defines the tests of builds with a real builder.

import (
	"context"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/build/sandbox"
	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/drv"
	"github.com/firn-lang/firn/builtins/store/local"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/builtins/store/storepath"
)

func TestMain(m *testing.M) {
	sandbox.Main()
	os.Exit(m.Run())
}

// busybox returns a program that can be a builder: it needs no library.
func busybox(t testing.TB) string {
	t.Helper()
	name, err := exec.LookPath("busybox")
	if err != nil {
		t.Skip("no builder: apt-get install busybox-static")
	}
	if out, err := exec.Command("ldd", name).CombinedOutput(); err == nil {
		t.Skipf("%s needs libraries: apt-get install busybox-static\n%s", name, out)
	}
	return name
}

// A fixture is a store, and what a Builder has told.
type fixture struct {
	*testing.T
	store *local.Store
	opts  Options
	shell string

	events []string // texts of all but log lines
	lines  []string // of logs
}

func newFixture(t *testing.T, features ...string) *fixture {
	root := t.TempDir()
	s, err := local.Open(t.Context(), local.Options{
		Dir: storepath.Dir(root + "/store"), State: root + "/var", LogDir: root + "/log",
		CADerivations: slices.Contains(features, "ca-derivations"),
	})
	require.NoError(t, err)
	t.Cleanup(func() {
		assert.NoError(t, s.Close())
		assert.NoError(t, local.DeleteTree(root))
	})
	f := &fixture{T: t, store: s, shell: busybox(t)}
	f.opts = Options{Store: s, System: "x86_64-linux", Jobs: 2, Cores: 1, LogLines: 25, LogCommand: "nix log", Event: f.event, Experimental: features}
	return f
}

func (f *fixture) event(e Event) {
	switch e.Kind {
	case Line:
		f.lines = append(f.lines, e.Text)
	case Failed:
		f.events = append(f.events, "error: "+e.Err.Msg)
	case Started, Note, Warning, Copying, Step:
		f.events = append(f.events, e.Text)
	}
}

// A testDrv is a derivation of tests.
type testDrv struct {
	name    string
	script  string
	env     map[string]string
	outputs []string // besides out
	inputs  []string // derivations whose output out is an input
	sources []string
	fixed   *drv.Output
	floats  drv.OutputKind // Floating or Impure, if not zero
	builder string
}

// add adds a derivation to the store, and returns its path.
func (f *fixture) add(r testDrv) string {
	f.Helper()
	d := &drv.Derivation{Name: r.name, System: "x86_64-linux", Builder: r.builder, Args: []string{"-c", r.script}}
	if d.Builder == "" {
		d.Builder = f.shell
	}
	if strings.HasSuffix(d.Builder, "busybox") {
		d.Args = append([]string{"sh"}, d.Args...)
	}
	for _, name := range append([]string{"out"}, r.outputs...) {
		o := drv.Output{Name: name}
		if r.fixed != nil {
			o = *r.fixed
		}
		if r.floats != 0 {
			o = drv.Output{Name: name, Kind: r.floats, Method: storepath.NAR, Algo: nixhash.SHA256}
		}
		d.SetOutput(o)
		d.SetEnv(name, "")
	}
	for name, value := range r.env {
		d.SetEnv(name, value)
	}
	for _, in := range r.inputs {
		d.AddInput(in, "out")
	}
	for _, src := range r.sources {
		d.AddSource(src)
	}
	path, _, err := d.Instantiate(f.store.Dir(), func(p string) (*drv.Modulo, error) {
		return store.NewLookup(f.Context(), f.store)(p)
	})
	require.NoError(f, err)
	got, err := f.store.AddText(f.Context(), store.Text{Name: r.name + ".drv", Contents: string(d.AppendATerm(nil)), References: d.References()})
	require.NoError(f, err)
	require.Equal(f, path, got)
	return path
}

// text adds a file to the store.
func (f *fixture) text(name, contents string) string {
	path, err := f.store.AddText(f.Context(), store.Text{Name: name, Contents: contents})
	require.NoError(f, err)
	return path
}

// try builds all outputs of derivations.
func (f *fixture) try(mode Mode, drvPaths ...string) *Report {
	f.Helper()
	targets := make([]Target, len(drvPaths))
	for i, p := range drvPaths {
		targets[i] = Target{Path: p, Built: true}
	}
	report, err := New(f.opts).Realise(f.Context(), targets, mode)
	require.NoError(f, err)
	return report
}

// build builds a derivation, and returns where its output out is on the disk.
func (f *fixture) build(r testDrv) string {
	f.Helper()
	report := f.try(Normal, f.add(r))
	require.Nil(f, report.Results[0].Err, "%v\n%s", report.Results[0].Err, strings.Join(f.lines, "\n"))
	return report.Results[0].Outputs["out"]
}

// fail builds a derivation that cannot be built, and returns the error and the exit status.
func (f *fixture) fail(r testDrv) (*Error, int) {
	f.Helper()
	report := f.try(Normal, f.add(r))
	require.NotNil(f, report.Results[0].Err)
	f.clean()
	return report.Results[0].Err, report.ExitStatus()
}

// clean checks that no build folder is left.
func (f *fixture) clean() {
	f.Helper()
	entries, err := os.ReadDir(f.store.StateDir() + "/builds")
	require.NoError(f, err)
	assert.Empty(f, entries)
	chroots, err := filepath.Glob(f.store.RealDir() + "/*.chroot")
	require.NoError(f, err)
	assert.Empty(f, chroots)
}

func (f *fixture) read(path string) string {
	f.Helper()
	data, err := os.ReadFile(path)
	require.NoError(f, err)
	return string(data)
}

func (f *fixture) log(drvPath string) string {
	f.Helper()
	r, err := f.store.Logs().Log(f.Context(), drvPath)
	require.NoError(f, err)
	defer r.Close()
	data, err := io.ReadAll(r)
	require.NoError(f, err)
	return string(data)
}

func TestBuild(t *testing.T) {
	f := newFixture(t)
	src := f.text("source", "from the source\n")
	lib := f.add(testDrv{name: "lib", script: "echo $src > $out; cat $src >> $out", env: map[string]string{"src": src}, sources: []string{src}})
	app := f.add(testDrv{
		name: "app", script: "mkdir $out $dev; echo $out > $out/self; echo $lib > $dev/lib; echo said; chmod 700 $dev/lib", outputs: []string{"dev"},
		env: map[string]string{"lib": f.outputOf(lib)}, inputs: []string{lib},
	})
	report := f.try(Normal, app)
	require.Nil(t, report.Results[0].Err)
	outputs := report.Results[0].Outputs
	assert.Equal(t, []string{"building '" + lib + "'", "building '" + app + "'"}, f.events)
	assert.Equal(t, []string{"said"}, f.lines)
	assert.Equal(t, "said\n", f.log(app))

	info, err := f.store.Info(t.Context(), outputs["out"])
	require.NoError(t, err)
	assert.Equal(t, []string{outputs["out"]}, info.References)
	assert.Equal(t, app, info.Deriver)
	assert.True(t, info.Ultimate)
	refs, err := f.store.References(t.Context(), outputs["dev"])
	require.NoError(t, err)
	assert.Equal(t, []string{f.outputOf(lib)}, refs)
	st, err := os.Stat(outputs["dev"] + "/lib")
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o555), st.Mode().Perm())
	assert.Equal(t, time.Unix(1, 0), st.ModTime())
	locks, err := filepath.Glob(string(f.store.Dir()) + "/*.lock")
	require.NoError(t, err)
	assert.Empty(t, locks)
	f.clean()

	f.events = nil
	assert.Equal(t, AlreadyValid, f.try(Normal, app).Results[0].Status)
	assert.Empty(t, f.events)
}

// outputOf returns the path of the output out of a derivation.
func (f *fixture) outputOf(drvPath string) string {
	d, err := store.ReadDerivation(f.Context(), f.store, drvPath)
	require.NoError(f, err)
	return d.Output("out").Path
}

func TestFailures(t *testing.T) {
	f := newFixture(t)
	defer func(t *testing.T) { f.T = t }(t)
	for _, test := range []struct {
		name    string
		testDrv testDrv
		want    string // %s is the derivation, %o its output
		status  int
	}{
		{"exit", testDrv{script: "echo words; exit 3"}, "Cannot build '%s'.\nReason: builder failed with exit code 3.\nOutput paths:\n  %o\nLast 1 log lines:\n> words\nFor full logs, run:\n  nix log %s", 100},
		{"signal", testDrv{script: "kill -9 $$"}, "Cannot build '%s'.\nReason: builder failed due to signal 9 (Killed).\nOutput paths:\n  %o", 100},
		{"no-builder", testDrv{builder: "/no/builder"}, "Cannot build '%s'.\nReason: builder failed with exit code 1.\nOutput paths:\n  %o\nLast 1 log lines:\n> error: executing '/no/builder': No such file or directory\nFor full logs, run:\n  nix log %s", 100},
		{"no-output", testDrv{script: "true"}, "builder for '%s' failed to produce output path for output 'out' at \"%o\"", 1},
		{"pipe", testDrv{script: "mkdir $out; mkfifo $out/p"}, "file \"%o/p\" has an unsupported type", 1},
		{"open", testDrv{script: "mkdir $out; chmod 777 $out"}, "suspicious ownership or permission on \"%o\" for output 'out'; rejecting this build output", 1},
		{"cycle", testDrv{script: "echo $a > $out; echo $out > $a", outputs: []string{"a"}}, "cycle detected in build of '%s' in the references of output 'a' from output 'out'", 1},
		{"closed", testDrv{script: "exec >&- 2>&-; sleep 60"}, "Cannot build '%s'.\nReason: builder failed due to signal 9 (Killed).\nOutput paths:\n  %o", 100},
		{"builtin", testDrv{builder: "builtin:none"}, "Cannot build '%s'.\nReason: builder failed with exit code 1.\nOutput paths:\n  %o\nLast 1 log lines:\n> error: unsupported builtin builder 'none'\nFor full logs, run:\n  nix log %s", 100},
	} {
		t.Run(test.name, func(t *testing.T) {
			f.T = t
			r := test.testDrv
			r.name = test.name
			err, status := f.fail(r)
			want := strings.NewReplacer("%s", f.add(r), "%o", f.outputOf(f.add(r))).Replace(test.want)
			assert.Equal(t, want, err.Msg)
			assert.Equal(t, test.status, status)
		})
	}
}

// A program may close its output before it ends, as those do that look whether all could be written.
func TestClosedOutput(t *testing.T) {
	f := newFixture(t)
	out := f.build(testDrv{name: "closed", script: "exec >&- 2>&-; sleep 0.1; echo late > $out"})
	assert.Equal(t, "late\n", f.read(out))
}

func TestLimits(t *testing.T) {
	f := newFixture(t)
	f.opts.Timeout = time.Second
	err, status := f.fail(testDrv{name: "slow", script: "while true; do sleep 1; echo .; done"})
	assert.Equal(t, "timed out after 1 seconds", err.Msg)
	assert.Equal(t, 101, status)
	f.opts.Timeout, f.opts.MaxSilent = 0, time.Second
	err, status = f.fail(testDrv{name: "silent", script: "sleep 60 & wait"})
	assert.Equal(t, "timed out after 1 seconds", err.Msg)
	assert.Equal(t, 101, status)
	f.opts.NameLimits = true
	err, _ = f.fail(testDrv{name: "silent", script: "sleep 60 & wait"})
	assert.Equal(t, "building '"+err.Drv+"' was stopped, since it has printed nothing for 1s, the limit of the setting 'max-silent-time'", err.Msg)
	assert.Contains(t, err.Drv, "-silent.drv")
	f.opts.Timeout, f.opts.MaxSilent = time.Second, 0
	err, _ = f.fail(testDrv{name: "slow", script: "while true; do sleep 1; echo .; done"})
	assert.Equal(t, "building '"+err.Drv+"' was stopped, since it has run for 1s, the limit of the setting 'timeout'", err.Msg)
	f.opts.Timeout = 0
	f.opts.MaxSilent, f.opts.MaxLog = 0, 100_000
	r := testDrv{name: "loud", script: "yes"}
	err, status = f.fail(r)
	assert.Equal(t, fmt.Sprintf("building derivation '%s' killed after writing more than 100000 bytes of log output", f.add(r)), err.Msg)
	assert.Equal(t, 1, status)
	assert.Contains(t, f.log(f.add(r)), "killed after writing more than 100000 bytes", "the log has the reason")
}

func TestFixedOutput(t *testing.T) {
	f := newFixture(t)
	hash := nixhash.Sum(nixhash.SHA256, []byte("right\n"))
	fixed := &drv.Output{Name: "out", Kind: drv.Fixed, Method: storepath.Flat, Hash: hash}
	got := f.build(testDrv{name: "fixed", script: "echo right > $out; echo $asked $NIX_OUTPUT_CHECKED", fixed: fixed})
	assert.Equal(t, "right\n", f.read(got))
	info, err := f.store.Info(t.Context(), got)
	require.NoError(t, err)
	assert.Equal(t, hash, info.CA.Hash)
	assert.Equal(t, []string{"1"}, f.lines)

	r := testDrv{name: "wrong", script: "echo wrong > $out", fixed: fixed}
	failed, status := f.fail(r)
	wrong := nixhash.Sum(nixhash.SHA256, []byte("wrong\n"))
	assert.Equal(t, fmt.Sprintf("hash mismatch in fixed-output derivation '%s':\n  specified: %s\n     got:    %s", f.add(r), hash.Text(nixhash.SRI), wrong.Text(nixhash.SRI)), failed.Msg)
	assert.Equal(t, 102, status)
	p, err := f.store.Dir().MakeFixed("wrong", storepath.Flat, wrong, storepath.References{})
	require.NoError(t, err)
	valid, err := f.store.IsValid(t.Context(), f.store.Dir().Text(p))
	require.NoError(t, err)
	assert.True(t, valid, "what was made is kept by its real hash")

	failed, _ = f.fail(testDrv{name: "folder", script: "mkdir $out", fixed: fixed})
	assert.Contains(t, failed.Msg, "should be a non-executable regular file since recursive hashing is not enabled")
}

func TestCheck(t *testing.T) {
	f := newFixture(t)
	knob := filepath.Join(t.TempDir(), "knob")
	require.NoError(t, os.WriteFile(knob, []byte("1"), 0o644))
	same := f.add(testDrv{name: "same", script: "echo $out > $out"})
	differs := f.add(testDrv{name: "differs", script: "echo $out > $out; cat " + knob + " >> $out"})
	_, err := New(f.opts).Realise(t.Context(), []Target{{Path: same, Built: true}}, Check)
	assert.ErrorContains(t, err, "some outputs of '"+same+"' are not valid, so checking is not possible")
	for _, p := range []string{same, differs} {
		require.Nil(t, f.try(Normal, p).Results[0].Err)
	}
	require.Nil(t, f.try(Check, same).Results[0].Err)
	assert.Equal(t, "checking outputs of '"+same+"'", f.events[len(f.events)-1])

	require.NoError(t, os.WriteFile(knob, []byte("2"), 0o644))
	out := f.outputOf(differs)
	report := f.try(Check, differs)
	assert.Equal(t, fmt.Sprintf("derivation '%s' may not be deterministic: output \"%s\" differs", differs, out), report.Results[0].Err.Msg)
	assert.Equal(t, 104, report.ExitStatus())
	f.opts.KeepFailed = true
	report = f.try(Check, differs)
	assert.Equal(t, fmt.Sprintf("derivation '%s' may not be deterministic: output \"%s\" differs from \"%[2]s.check\"", differs, out), report.Results[0].Err.Msg)
	assert.Equal(t, out+"\n1", f.read(out))
	assert.Equal(t, out+"\n2", f.read(out+".check"), "with the path that it would have had")
}

func TestKeepGoing(t *testing.T) {
	f := newFixture(t)
	f.opts.Jobs = 1
	bad := f.add(testDrv{name: "bad", script: "exit 1"})
	worse := f.add(testDrv{name: "worse", script: "exit 1"})
	good := f.add(testDrv{name: "good", script: "echo > $out"})
	top := f.add(testDrv{name: "top", script: "echo > $out", inputs: []string{bad, good, worse}})
	report := f.try(Normal, top)
	assert.Contains(t, report.Results[0].Err.Msg, "Reason: 1 dependency failed.")
	valid, err := f.store.IsValid(t.Context(), f.outputOf(good))
	require.NoError(t, err)
	assert.False(t, valid, "nothing is begun after a failure")

	f.opts.KeepGoing = true
	report = f.try(Normal, top)
	assert.Contains(t, report.Results[0].Err.Msg, "Reason: 2 dependencies failed.")
	assert.Equal(t, 100, report.ExitStatus())
	valid, err = f.store.IsValid(t.Context(), f.outputOf(good))
	require.NoError(t, err)
	assert.True(t, valid)
}

func TestRejected(t *testing.T) {
	f := newFixture(t)
	f.opts.System, f.opts.Features = "vax-vms", []string{"a"}
	r := testDrv{name: "x", script: "echo > $out", env: map[string]string{"requiredSystemFeatures": "b a"}}
	err, status := f.fail2(r)
	assert.Equal(t, "Cannot build '"+f.add(r)+"'.\nReason: platform mismatch\nRequired system: 'x86_64-linux'\nCurrent system: 'vax-vms'"+
		"\nReason: missing system features\nRequired features: {a, b}\nAvailable features: {a}", err.Msg)
	assert.Equal(t, 100, status)
	f.opts.OtherSystems, f.opts.Features = []string{"x86_64-linux"}, []string{"a", "b"}
	f.build(r)
}

// fail2 is fail for what is not even begun.
func (f *fixture) fail2(r testDrv) (*Error, int) {
	f.Helper()
	report := f.try(Normal, f.add(r))
	require.NotNil(f, report.Results[0].Err)
	return report.Results[0].Err, report.ExitStatus()
}

func TestOutputChecks(t *testing.T) {
	f := newFixture(t)
	src := f.text("source", "x")
	script := "echo $src $out > $out"
	try := func(name, attr, value string) string {
		r := testDrv{name: name, script: script, sources: []string{src}, env: map[string]string{"src": src, attr: value}}
		report := f.try(Normal, f.add(r))
		if err := report.Results[0].Err; err != nil {
			return strings.NewReplacer(src, "SRC", f.outputOf(f.add(r)), "OUT", f.add(r), "DRV").Replace(err.Msg)
		}
		return ""
	}
	assert.Equal(t, "", try("a", "allowedReferences", "out "+src))
	assert.Equal(t, "output 'OUT' is not allowed to refer to the following paths:\n  SRC", try("b", "allowedReferences", "out"))
	assert.Equal(t, "output 'OUT' is not allowed to refer to the following paths:\n  OUT", try("c", "allowedReferences", src))
	assert.Equal(t, "", try("d", "allowedRequisites", src), "itself does not count")
	assert.Equal(t, "output 'OUT' is not allowed to refer to the following paths:\n  SRC", try("e", "disallowedReferences", src))
	assert.Equal(t, "output 'OUT' is not allowed to refer to the following paths:\n  SRC", try("f", "disallowedRequisites", src))
	assert.Equal(t, "", try("g", "disallowedReferences", ""))
	assert.Contains(t, try("h", "allowedReferences", "none"), "derivation 'DRV' output check for 'out' contains output name 'none', but this is not a valid output")
}

// TestStructuredChecks reads checks of structured attributes that have unusual types.
func TestStructuredChecks(t *testing.T) {
	f := newFixture(t)
	for attrs, want := range map[string]string{
		`{"outputChecks":"x"}`:                       "expected JSON value to be of type 'object' but it is of type 'string'",
		`{"outputChecks":null}`:                      "expected JSON value to be of type 'object' but it is of type 'null'",
		`{"outputChecks":{"out":[]}}`:                "expected JSON value to be of type 'object' but it is of type 'array'",
		`{"unsafeDiscardReferences":"x"}`:            "while parsing attribute 'unsafeDiscardReferences': expected JSON value to be of type 'object' but it is of type 'string'",
		`{"outputChecks":{"out":{"maxSize":true}}}`:  "is not a number",
		`{"outputChecks":{"out":{"maxSize":1.5}}}`:   "",
		`{"outputChecks":{"out":{"maxSize":-1}}}`:    "",
		`{"outputChecks":{"out":{"maxSize":1e300}}}`: "",
	} {
		r, err := New(f.opts).optionsOf(&drv.Derivation{Name: "x", Env: []drv.EnvVar{{Name: drv.StructuredAttrs, Value: attrs}}})
		if want != "" {
			assert.ErrorContains(t, err, want, attrs)
			continue
		}
		require.NoError(t, err, attrs)
		size := *r.checks["out"].maxSize
		assert.True(t, size == 1 || size >= math.MaxInt64/2, "%s: %d", attrs, size)
	}
}

func TestCancel(t *testing.T) {
	f := newFixture(t)
	ctx, cancel := context.WithCancel(t.Context())
	begun := make(chan bool, 1)
	interrupted := false
	f.opts.Event = func(e Event) {
		interrupted = interrupted || e.Kind == Ended && e.Interrupted
		if e.Kind == Line {
			begun <- true
		}
	}
	p := f.add(testDrv{name: "long", script: "echo > $out; echo begun; sleep 100"})
	go func() { <-begun; cancel() }()
	_, err := New(f.opts).Realise(ctx, []Target{{Path: p, Built: true}}, Normal)
	assert.ErrorIs(t, err, context.Canceled)
	assert.True(t, interrupted)
	f.clean()
	valid, err := f.store.IsValid(t.Context(), f.outputOf(p))
	require.NoError(t, err)
	assert.False(t, valid)
}

// TestPostHookFails checks what is said of a post-build-hook that fails, or cannot be run.
func TestPostHookFails(t *testing.T) {
	f := newFixture(t)
	dir := t.TempDir()
	script := func(name, text string, mode os.FileMode) string {
		file := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(file, []byte("#!"+f.shell+" sh\n"+text), mode))
		return file
	}
	for hook, want := range map[string]string{
		script("fails", "exit 3", 0o755):     "program '" + dir + "/fails' failed with exit code 3",
		script("sealed", "exit 0", 0o644):    "the post-build-hook '" + dir + "/sealed' cannot be run: permission denied",
		dir + "/none":                        "the post-build-hook '" + dir + "/none' cannot be run: no such file or directory",
		"no-such-program-in-the-search-path": "the post-build-hook 'no-such-program-in-the-search-path' cannot be run: executable file not found in $PATH",
	} {
		f.opts.PostHook = hook
		err, _ := f.fail(testDrv{name: "hooked", script: "echo > $out", env: map[string]string{"hook": hook}})
		assert.Equal(t, want, err.Msg)
	}
}
