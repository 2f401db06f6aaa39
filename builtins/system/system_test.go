//go:build unix

package system

// This file defines the tests of switching, with generations that are shell scripts.

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// asSwitcher makes the test binary switch a machine, and be killed.
const asSwitcher = "FIRN_TEST_SWITCHER"

func TestMain(m *testing.M) {
	Main()
	if dir := os.Getenv(asSwitcher); dir != "" {
		b := &bench{dir: dir}
		plan := Plan{Action: Action(os.Args[1]), Path: os.Args[2]}
		if n, err := strconv.Atoi(os.Args[2]); err == nil {
			plan.Path, plan.Number = "", n
		}
		if err := b.machine().Switch(context.Background(), plan, func(o *Outcome) { fmt.Println(o) }); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// A bench is a machine of a test, in a folder.
type bench struct {
	*testing.T
	dir string
}

func newBench(t *testing.T) *bench { return &bench{t, t.TempDir()} }

func (b *bench) local() *Local {
	return &Local{
		Profile: b.dir + "/profiles/system", ActiveLink: b.dir + "/current",
		Keep: func(_ context.Context, link, path string) error { return os.Symlink(path, link) },
	}
}

func (b *bench) machine() *Machine { return &Machine{Host: b.local()} }

// generation makes what a profile can lead to: its program is a script, in which $1 is the action.
func (b *bench) generation(name, script string) string {
	path := b.dir + "/store/" + name
	require.NoError(b, os.MkdirAll(path+"/bin", 0o755))
	text := "#!/bin/sh\ndir=" + b.dir + "\nself=" + path + "\n" + script + "\n"
	require.NoError(b, os.WriteFile(path+"/bin/switch-to-configuration", []byte(text), 0o755))
	return path
}

// activates is the script of a generation that can be activated.
const activates = `echo "$self $1" >>$dir/log; case $1 in switch|test) ln -s $self $dir/current.$$; mv -T $dir/current.$$ $dir/current;; esac`

func (b *bench) active() string {
	target, _ := os.Readlink(b.dir + "/current")
	return target
}

// state returns the current generation and what there are, as "2: 1=a 2=b".
func (b *bench) state() string {
	s, err := b.machine().Host.Look(b.Context())
	require.NoError(b, err)
	text := fmt.Sprintf("%d:", s.Current)
	for _, g := range s.Generations {
		text += fmt.Sprintf(" %d=%s", g.Number, filepath.Base(g.Path))
	}
	return text
}

func (b *bench) do(p Plan) error { return b.machine().Switch(b.Context(), p, nil) }

func TestSwitch(t *testing.T) {
	b := newBench(t)
	one, two := b.generation("one", activates), b.generation("two", activates)
	require.NoError(t, b.do(Plan{Action: Switch, Path: one}))
	assert.Equal(t, "1: 1=one", b.state())
	require.NoError(t, b.do(Plan{Action: Switch, Path: one}), "the same once more is no new generation")
	require.NoError(t, b.do(Plan{Action: Boot, Path: two}))
	assert.Equal(t, "2: 1=one 2=two", b.state())
	assert.Equal(t, one, b.active(), "it is started the next time")
	require.NoError(t, b.do(Plan{Action: Switch, Number: 1}))
	assert.Equal(t, "1: 1=one 2=two", b.state())
	require.NoError(t, b.do(Plan{Action: Test, Path: two}))
	assert.Equal(t, "1: 1=one 2=two", b.state())
	assert.Equal(t, two, b.active())
	require.NoError(t, b.do(Plan{Action: DryActivate, Path: one}))
	assert.Equal(t, two, b.active())
	assert.ErrorIs(t, b.do(Plan{Action: Switch, Number: 7}), ErrNoGeneration)
	_, err := os.Lstat(b.dir + "/profiles/system.switch")
	assert.ErrorIs(t, err, os.ErrNotExist)

	_, err = b.machine().Delete(t.Context(), nil, func(*State) ([]int, error) { return []int{1}, nil })
	assert.EqualError(t, err, "generation 1 is the current one, and cannot be deleted")
	deleted, err := b.machine().Delete(t.Context(), nil, func(*State) ([]int, error) { return []int{2}, nil })
	require.NoError(t, err)
	assert.Equal(t, []int{2}, deleted)
	assert.Equal(t, "1: 1=one", b.state())
}

func TestSwitchFails(t *testing.T) {
	b := newBench(t)
	bad := b.generation("bad", "echo boom >&2; exit 3")
	err := b.do(Plan{Action: Switch, Path: bad})
	var failed *FailedError
	require.ErrorAs(t, err, &failed)
	assert.Equal(t, 3, failed.ExitStatus())
	assert.Contains(t, err.Error(), "failed with status 3; it was not activated, and there is no earlier generation to go back to")
	assert.Equal(t, "0:", b.state(), "the first generation was not to be")

	one := b.generation("one", activates)
	require.NoError(t, b.do(Plan{Action: Switch, Path: one}))
	for _, action := range []Action{Switch, Boot} {
		err = b.do(Plan{Action: action, Path: bad})
		assert.ErrorContains(t, err, "; it was not activated, and the machine's generation is 1, as before", action)
		assert.Equal(t, "1: 1=one", b.state(), action)
	}
	err = b.do(Plan{Action: Test, Path: bad})
	assert.EqualError(t, err, "'"+bad+"/bin/switch-to-configuration' failed with status 3")

	half := b.generation("half", activates+"; exit 4")
	err = b.do(Plan{Action: Switch, Path: half})
	require.ErrorAs(t, err, &failed)
	assert.Equal(t, 4, failed.ExitStatus())
	assert.ErrorContains(t, err, "; generation 2 is active nevertheless, and stays")
	assert.Equal(t, "2: 1=one 2=half", b.state())

	binary := b.generation("binary", activates)
	require.NoError(t, os.WriteFile(binary+"/bin/switch-to-configuration", []byte("\x7fELF"), 0o755))
	err = b.do(Plan{Action: Switch, Path: binary})
	require.ErrorAs(t, err, &failed)
	assert.Equal(t, 126, failed.Status, "it cannot be run")
	assert.Equal(t, "2: 1=one 2=half", b.state())
}

// TestNotActivatable checks that nothing is recorded or set for what has no program to activate it.
func TestNotActivatable(t *testing.T) {
	b := newBench(t)
	one := b.generation("one", activates)
	require.NoError(t, b.do(Plan{Action: Switch, Path: one}))
	two := b.generation("two", activates)
	b.generation("two/specialisation/a", activates)
	b.generation("two/specialisation/b", activates)
	bare := b.dir + "/store/bare"
	require.NoError(t, os.Mkdir(bare, 0o755))
	foreign := b.generation("foreign", activates)
	program := "/bin/switch-to-configuration"
	require.NoError(t, os.WriteFile(foreign+program, []byte("#! /no/such/sh -e\n"), 0o755))
	for _, c := range []struct{ path, special, says string }{
		{two, "x", "there is no specialisation 'x': there are a, b"},
		{two, "../../one", "there is no specialisation '../../one': there are a, b"},
		{one, "x", "there is no specialisation 'x': '" + one + "' has none"},
		{bare, "", "'" + bare + "' has no bin/switch-to-configuration: it is no generation of NixOS"},
		{b.dir + "/none", "", "'" + b.dir + "/none' has no bin/switch-to-configuration: it is no generation of NixOS"},
		{foreign, "", "'" + foreign + program + "' cannot be run, since '/no/such/sh' is not there, which interprets it"},
	} {
		for _, action := range []Action{Switch, Boot, Test} {
			assert.EqualError(t, b.do(Plan{Action: action, Path: c.path, Specialisation: c.special}), c.says)
		}
	}
	assert.Equal(t, "1: 1=one", b.state())
	err := (&Machine{Kind: Home, Host: b.local()}).Switch(t.Context(), Plan{Action: Switch, Path: bare}, nil)
	assert.EqualError(t, err, "'"+bare+"' has no activate: it is no generation of Home Manager")
	assert.NoFileExists(t, b.local().IntentFile())
}

// TestRoot checks that programs are looked for in the folder of a machine, by its own links.
func TestRoot(t *testing.T) {
	l := &Local{Root: t.TempDir()}
	require.NoError(t, os.MkdirAll(l.Root+"/s/x", 0o755))
	require.NoError(t, os.WriteFile(l.Root+"/s/x/run", []byte("#!/s/sh\n"), 0o755))
	require.NoError(t, os.Symlink("/s/x", l.Root+"/s/abs"))
	require.NoError(t, os.Symlink("../s/abs", l.Root+"/s/rel"))
	require.NoError(t, os.Symlink("/s/loop", l.Root+"/s/loop"))
	for _, program := range []string{"/s/x/run", "/s/abs/run", "/s/rel/run"} {
		missing, err := l.Missing(t.Context(), program)
		require.NoError(t, err)
		assert.Equal(t, "/s/sh", missing, program)
	}
	_, err := l.Missing(t.Context(), "/s/loop/run")
	require.ErrorContains(t, err, "too many levels")
	require.NoError(t, os.WriteFile(l.Root+"/s/sh", nil, 0o755))
	missing, err := l.Missing(t.Context(), "/s/rel/run")
	require.NoError(t, err)
	assert.Empty(t, missing)
	names, err := l.Entries(t.Context(), "/s/abs")
	require.NoError(t, err)
	assert.Equal(t, []string{"run"}, names)
}

// TestSpecialisation checks that one counts as activated, whose path no profile has.
func TestSpecialisation(t *testing.T) {
	b := newBench(t)
	one := b.generation("one", activates)
	require.NoError(t, b.do(Plan{Action: Switch, Path: one}))
	two := b.generation("two", activates)
	special := b.generation("two/specialisation/s", activates+"; exit 4")
	err := b.do(Plan{Action: Switch, Path: two, Specialisation: "s"})
	require.ErrorContains(t, err, "generation 2 is active nevertheless")
	assert.Equal(t, special, b.active())
	assert.Equal(t, "2: 1=one 2=two", b.state())
}

// TestRecover puts a machine in order after each step at which a run can have ended.
func TestRecover(t *testing.T) {
	b := newBench(t)
	one, two := b.generation("one", activates), b.generation("two", activates)
	require.NoError(t, b.do(Plan{Action: Switch, Path: one}))
	l := b.local()
	for _, c := range []struct {
		name       string
		link, set  bool
		activating bool
		active     string
		action     Action
		state      string
		says       string
	}{
		{"intended", false, false, false, one, Switch, "1: 1=one", "before it was activated: the generation is 1, the old one"},
		{"linked", true, false, false, one, Switch, "1: 1=one", "before it was activated: the generation is 1, the old one"},
		{"set", true, true, false, one, Switch, "1: 1=one", "before it was activated: the generation is 1, the old one"},
		{"activating", true, true, true, one, Switch, "1: 1=one", "while it was activated: the generation is 1, the old one; parts of the new one may be in effect until a generation is activated again"},
		{"boot loader", true, true, true, one, Boot, "1: 1=one", "while it was activated: the generation is 1, the old one"},
		{"turning back", true, false, true, one, Switch, "1: 1=one", "while it was activated: the generation is 1, the old one"},
		{"activated", true, true, true, two, Switch, "2: 1=one 2=two", "after it had been activated: the generation is 2, the new one; its services may not all have been restarted"},
	} {
		i := &Intent{Action: c.action, From: 1, Last: 1, To: two, WasActive: one, Activating: c.activating}
		require.NoError(t, b.machine().writeIntent(t.Context(), i))
		if c.link {
			require.NoError(t, os.Symlink(two, l.Profile+"-2-link"))
		}
		if c.set {
			require.NoError(t, l.SwitchTo(t.Context(), 2))
		}
		require.NoError(t, os.Remove(b.dir+"/current"))
		require.NoError(t, os.Symlink(c.active, b.dir+"/current"))

		left, busy, err := b.machine().Left(t.Context())
		require.NoError(t, err)
		require.False(t, busy)
		o, err := b.machine().Recover(t.Context())
		require.NoError(t, err)
		assert.Equal(t, left, o, "%s: to look and to recover come to the same", c.name)
		assert.Contains(t, o.String(), c.says, c.name)
		assert.Equal(t, c.state, b.state(), c.name)
		o, err = b.machine().Recover(t.Context())
		require.NoError(t, err)
		assert.Nil(t, o, c.name)
	}

	for _, text := range []string{"", "{", "null", "[]"} {
		require.NoError(t, os.WriteFile(l.Profile+".switch", []byte(text), 0o644))
		_, err := b.machine().Recover(t.Context())
		assert.EqualError(t, err, "'"+l.Profile+".switch' is broken, the note of what an earlier run was about to do; look where the profile leads, and delete this file")
	}
}

// TestRecoverOthers checks that a profile that somebody else has changed since stays as it is.
func TestRecoverOthers(t *testing.T) {
	b := newBench(t)
	for _, name := range []string{"one", "two", "three"} {
		require.NoError(t, b.do(Plan{Action: Switch, Path: b.generation(name, activates)}))
	}
	i := &Intent{Action: Switch, From: 1, Last: 1, To: b.dir + "/store/two", Activating: true}
	require.NoError(t, b.machine().writeIntent(t.Context(), i))
	o, err := b.machine().Recover(t.Context())
	require.NoError(t, err)
	assert.Contains(t, o.String(), ": the generation is 3")
	assert.Equal(t, "3: 1=one 2=two 3=three", b.state())
}

// kills is how often TestKilled kills; FIRN_KILLS says otherwise.
const kills = 100

// TestKilled kills switches at random moments, with the program of the generation and without.
// The profile leads to the old generation or the new one, and the next run says which.
func TestKilled(t *testing.T) {
	b := newBench(t)
	times := kills
	if text := os.Getenv("FIRN_KILLS"); text != "" {
		var err error
		times, err = strconv.Atoi(text)
		require.NoError(t, err)
	}
	slow := strings.Replace(activates, "ln -s", "sleep 0.01; ln -s", 1) + "; sleep 0.01"
	paths := []string{b.generation("a", slow), b.generation("b", slow)}
	command := func(action, what string) *exec.Cmd {
		cmd := exec.Command(os.Args[0], action, what)
		cmd.Env = append(os.Environ(), asSwitcher+"="+b.dir)
		return cmd
	}
	begun := time.Now()
	out, err := command("switch", paths[0]).CombinedOutput()
	require.NoError(t, err, "%s", out)
	took := time.Since(begun)
	counts := map[string]int{}
	for n := range times {
		before, err := b.machine().Host.Look(t.Context())
		require.NoError(t, err)
		old := before.generation(before.Current).Path
		next := paths[0]
		if old == next {
			next = paths[1]
		}
		action := []string{"switch", "switch", "boot"}[n%3]
		cmd := command(action, next)
		cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
		require.NoError(t, cmd.Start())
		time.Sleep(time.Duration(rand.Int64N(int64(took))))
		if n%2 == 0 { // as when the power fails: nothing goes on
			for _, pid := range children(t, cmd.Process.Pid) {
				_ = syscall.Kill(-pid, syscall.SIGKILL)
			}
		}
		_ = cmd.Process.Kill()
		_ = cmd.Wait()

		target, err := os.Readlink(b.dir + "/profiles/system")
		require.NoError(t, err)
		leads, err := os.Readlink(b.dir + "/profiles/" + target)
		require.NoError(t, err, "the profile always leads somewhere")
		require.Contains(t, []string{old, next}, leads)

		o, err := b.machine().Recover(t.Context()) // waits for a program that goes on
		require.NoError(t, err)
		after, err := b.machine().Host.Look(t.Context())
		require.NoError(t, err)
		now := after.generation(after.Current).Path
		require.Contains(t, []string{old, next}, now)
		switch {
		case o == nil && now == old:
			counts["not begun"]++
		case o == nil:
			counts["done"]++
		case o.New:
			require.Equal(t, next, now, o)
			counts["new"]++
		default:
			require.Equal(t, old, now, o)
			require.Equal(t, before.Generations, after.Generations, "nothing is left of the new one")
			counts["old"]++
		}
		if o != nil {
			require.Equal(t, after.Current, o.Generation, o)
		}
		if n%10 == 9 { // what was cut can be done
			out, err := command("switch", next).CombinedOutput()
			require.NoError(t, err, "%s", out)
			require.Equal(t, next, b.active())
		}
	}
	t.Log(counts)
	left, err := os.ReadDir(b.dir + "/profiles")
	require.NoError(t, err)
	for _, e := range left {
		assert.NotRegexp(t, `\.switch(\.new)?$`, e.Name())
	}
}

// children returns the processes that a process has started, which the kernel knows.
func children(t *testing.T, pid int) (list []int) {
	files, err := filepath.Glob("/proc/[0-9]*/stat")
	require.NoError(t, err)
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			continue
		}
		_, rest, _ := strings.Cut(string(text), ") ")
		if f := strings.Fields(rest); len(f) > 1 && f[1] == strconv.Itoa(pid) {
			child, err := strconv.Atoi(filepath.Base(filepath.Dir(file)))
			require.NoError(t, err)
			list = append(list, child)
		}
	}
	return list
}

// TestProgramGoesOn checks that the program of a generation has the lock after firn was killed,
// but not what it has started and left running.
func TestProgramGoesOn(t *testing.T) {
	b := newBench(t)
	path := b.generation("slow", "sleep 60 & echo $! >$dir/daemon; > $dir/begun; while [ ! -e $dir/go ]; do sleep 0.01; done; "+activates)
	cmd := exec.Command(os.Args[0], "switch", path)
	cmd.Env = append(os.Environ(), asSwitcher+"="+b.dir)
	require.NoError(t, cmd.Start())
	exists := func(name string) func() bool {
		return func() bool { _, err := os.Stat(b.dir + "/" + name); return err == nil }
	}
	require.Eventually(t, exists("begun"), 10*time.Second, 5*time.Millisecond)
	t.Cleanup(func() {
		text, _ := os.ReadFile(b.dir + "/daemon")
		if pid, err := strconv.Atoi(strings.TrimSpace(string(text))); err == nil {
			_ = syscall.Kill(pid, syscall.SIGKILL)
		}
	})
	require.NoError(t, cmd.Process.Kill())
	_ = cmd.Wait()
	_, busy, err := b.machine().Left(t.Context())
	require.NoError(t, err)
	assert.True(t, busy)
	short, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	_, err = b.machine().Recover(short)
	require.ErrorIs(t, err, context.DeadlineExceeded)
	require.NoError(t, os.WriteFile(b.dir+"/go", nil, 0o644))
	o, err := b.machine().Recover(t.Context())
	require.NoError(t, err)
	assert.Nil(t, o, "the program has ended as it should")
	assert.Equal(t, "1: 1=slow", b.state())
	assert.Equal(t, path, b.active())
}

// TestProgramOutlives checks that the next run knows how a program has ended whose firn was ended
// by a signal, also if it has left /run/current-system as it was.
func TestProgramOutlives(t *testing.T) {
	for _, c := range []struct {
		signal       syscall.Signal
		action, end  string
		state, says  string
		activeIsLast bool
	}{
		{syscall.SIGKILL, "switch", "exit 0", "2: 1=one 2=next", "", false},
		{syscall.SIGHUP, "switch", activates, "2: 1=one 2=next", "", true},
		{syscall.SIGTERM, "boot", "exit 0", "2: 1=one 2=next", "", false},
		{syscall.SIGINT, "switch", "exit 3", "1: 1=one", "failed with status 3 while it was activated: the generation is 1, the old one", false},
		{syscall.SIGKILL, "boot", "exit 3", "1: 1=one", "failed with status 3 while it was activated: the generation is 1, the old one", false},
		{syscall.SIGKILL, "switch", activates + "; exit 4", "2: 1=one 2=next", "failed with status 4 after it had been activated: the generation is 2, the new one", true},
	} {
		name := fmt.Sprint(c.signal, " ", c.action, " ", c.end)
		b := newBench(t)
		one := b.generation("one", activates)
		require.NoError(t, b.do(Plan{Action: Switch, Path: one}))
		next := b.generation("next", ">$dir/begun; while [ ! -e $dir/go ]; do sleep 0.01; done; "+c.end)
		cmd := exec.Command(os.Args[0], c.action, next)
		cmd.Env = append(os.Environ(), asSwitcher+"="+b.dir)
		require.NoError(t, cmd.Start())
		require.Eventually(t, func() bool { _, err := os.Stat(b.dir + "/begun"); return err == nil }, 10*time.Second, 5*time.Millisecond)
		require.NoError(t, cmd.Process.Signal(c.signal))
		_ = cmd.Wait()
		require.NoError(t, os.WriteFile(b.dir+"/go", nil, 0o644))

		unlock, err := b.local().Lock(t.Context()) // waits for the end
		require.NoError(t, err)
		unlock()
		left, busy, err := b.machine().Left(t.Context())
		require.NoError(t, err)
		assert.False(t, busy, name)
		o, err := b.machine().Recover(t.Context())
		require.NoError(t, err)
		assert.Equal(t, left, o, name)
		if c.says == "" {
			assert.Nil(t, o, name)
		} else if assert.NotNil(t, o, name) {
			assert.Contains(t, o.String(), c.says, name)
		}
		assert.Equal(t, c.state, b.state(), name)
		if c.activeIsLast {
			one = next
		}
		assert.Equal(t, one, b.active(), name)
	}
}

// TestInterrupted checks that an interrupted run says that the program goes on.
func TestInterrupted(t *testing.T) {
	b := newBench(t)
	path := b.generation("one", ">$dir/begun; while [ ! -e $dir/go ]; do sleep 0.01; done; "+activates)
	ctx, cancel := context.WithCancel(t.Context())
	l := b.local()
	l.Log = func(text string) {
		assert.Equal(t, "the activation goes on; the next run waits for its end", text)
		assert.NoError(t, os.WriteFile(b.dir+"/go", nil, 0o644))
	}
	go func() {
		assert.Eventually(t, func() bool { _, err := os.Stat(b.dir + "/begun"); return err == nil }, 10*time.Second, 5*time.Millisecond)
		cancel()
	}()
	require.NoError(t, (&Machine{Host: l}).Switch(ctx, Plan{Action: Switch, Path: path}, nil))
	assert.Equal(t, "1: 1=one", b.state())
}

// TestRemote does with a shell what TestSwitch does here. Where nix-env is needed, a script is.
func TestRemote(t *testing.T) {
	if _, err := exec.LookPath("flock"); err != nil {
		t.Skip("the other machine would need flock")
	}
	b := newBench(t)
	require.NoError(t, os.Mkdir(b.dir+"/bin", 0o755))
	// Of nix-env, this is as much as a Remote asks for.
	require.NoError(t, os.WriteFile(b.dir+"/bin/nix-env", []byte(`#!/bin/sh
p=$2; shift 2
case $1 in
--set) n=1; while [ -L $p-$n-link ]; do n=$((n+1)); done; ln -s $2 $p-$n-link; ln -sfn $(basename $p)-$n-link $p;;
--switch-generation) ln -sfn $(basename $p)-$2-link $p;;
--delete-generations) shift; for n; do rm $p-$n-link; done;;
esac
`), 0o755))
	var out strings.Builder
	r := &Remote{Profile: b.dir + "/profiles/system", ActiveLink: b.dir + "/current", Stdout: &out}
	r.Shell = func(ctx context.Context, script string, in io.Reader, out io.Writer) (int, error) {
		cmd := exec.CommandContext(ctx, "sh", "-c", script)
		cmd.Env = append(os.Environ(), "PATH="+b.dir+"/bin:"+os.Getenv("PATH"))
		cmd.Stdin, cmd.Stdout, cmd.Stderr = in, out, os.Stderr
		err := cmd.Run()
		if exited, ok := errors.AsType[*exec.ExitError](err); ok {
			return exited.ExitCode(), nil
		}
		return 0, err
	}
	m := &Machine{Host: r}
	one, two, bad := b.generation("one", activates+"; echo $1"), b.generation("two", activates), b.generation("bad", "exit 3")
	require.NoError(t, m.Switch(t.Context(), Plan{Action: Switch, Path: one}, nil))
	assert.Equal(t, "switch\n", out.String())
	require.NoError(t, m.Switch(t.Context(), Plan{Action: Switch, Path: two}, nil))
	assert.Equal(t, "2: 1=one 2=two", b.state())
	assert.Equal(t, two, b.active())
	err := m.Switch(t.Context(), Plan{Action: Switch, Path: bad}, nil)
	assert.ErrorContains(t, err, "the machine's generation is 2, as before")
	assert.Equal(t, "2: 1=one 2=two", b.state())

	// The locks are the same on both sides.
	unlock, err := b.local().Lock(t.Context())
	require.NoError(t, err)
	_, busy, err := m.Left(t.Context())
	require.NoError(t, err)
	assert.True(t, busy)
	unlock()
	unlock, err = r.Lock(t.Context())
	require.NoError(t, err)
	_, busy, err = b.machine().Left(t.Context())
	require.NoError(t, err)
	assert.True(t, busy)
	unlock()

	b.generation("two/specialisation/a", activates)
	err = m.Switch(t.Context(), Plan{Action: Switch, Path: two, Specialisation: "x"}, nil)
	assert.EqualError(t, err, "there is no specialisation 'x': there are a")
	err = m.Switch(t.Context(), Plan{Action: Switch, Path: b.dir}, nil)
	assert.EqualError(t, err, "'"+b.dir+"' has no bin/switch-to-configuration: it is no generation of NixOS")

	require.NoError(t, b.machine().writeIntent(t.Context(), &Intent{Action: Switch, From: 1, Last: 1, To: two, WasActive: one, Activating: false}))
	o, err := m.Recover(t.Context())
	require.NoError(t, err)
	assert.Contains(t, o.String(), "before it was activated: the generation is 1")
	assert.Equal(t, "1: 1=one", b.state())
}
