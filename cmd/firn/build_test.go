//go:build linux

package main

// This file defines the tests of signals, above all of those that end a firn that builds.

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	box "github.com/firn-lang/firn/builtins/build/sandbox"
)

// A slowBuild is a store of its own, for builds that are ended from outside.
type slowBuild struct {
	*testing.T
	dir           string
	mark          string // in the arguments of each builder
	sandbox       string // the setting
	busybox       string
	builder, args string // for the shell, as the language has them
}

// eachSandbox runs a test with a sandbox and without.
func eachSandbox(t *testing.T, test func(b *slowBuild)) {
	busybox, err := exec.LookPath("busybox")
	if err != nil {
		t.Skip("no builder: apt-get install busybox-static")
	}
	for _, sandbox := range []string{"false", "true"} {
		t.Run("sandbox "+sandbox, func(t *testing.T) {
			if err := box.Probe(); sandbox == "true" && err != nil {
				t.Skipf("no sandbox: %v", err)
			}
			dir := t.TempDir()
			t.Cleanup(func() { _ = exec.Command("chmod", "-R", "u+rwx", dir).Run() })
			b := &slowBuild{T: t, dir: dir, mark: filepath.Base(filepath.Dir(dir)), sandbox: sandbox, busybox: busybox, builder: "/bin/sh"}
			if sandbox == "false" {
				b.builder, b.args = busybox, `"sh"`
			}
			test(b)
		})
	}
}

// command returns the command that builds with a script.
func (b *slowBuild) command(name, script string) *exec.Cmd {
	cmd := exec.Command(os.Args[0], "build", "--no-link", "-L", "--impure", "--store", "local",
		"--option", "sandbox", b.sandbox, "--option", "sandbox-paths", "/bin/sh="+b.busybox, "--option", "substituters", "", "--option", "build-users-group", "",
		"--expr", fmt.Sprintf("derivation { name = %q; system = builtins.currentSystem; builder = %q; args = [ %s \"-c\" %q %q ]; }", name, b.builder, b.args, script, b.mark))
	dir := b.dir
	cmd.Env = append(os.Environ(), asFirn+"=1", "NIX_CONF_DIR="+dir, "NIX_REMOTE=", "HOME="+dir, "NIX_STORE_DIR="+dir+"/store", "NIX_STATE_DIR="+dir+"/var", "NIX_LOG_DIR="+dir+"/log", "XDG_CONFIG_HOME="+dir)
	return cmd
}

// start starts a build whose script says begun, and returns it when that was said, behind the name
// of the build, with the rest of its standard error.
func (b *slowBuild) start(name, script string) (*exec.Cmd, io.ReadCloser) {
	b.Helper()
	cmd := b.command(name, script)
	stderr, err := cmd.StderrPipe()
	require.NoError(b, err)
	require.NoError(b, cmd.Start())
	var said []byte
	for buf := make([]byte, 1); !bytes.HasSuffix(said, []byte("begun\n")) && err == nil; {
		var n int
		n, err = stderr.Read(buf)
		said = append(said, buf[:n]...)
	}
	require.NoError(b, err, "%s", said)
	require.True(b, b.runs())
	return cmd, stderr
}

// runs reports whether a builder does.
func (b *slowBuild) runs() bool { return builderRuns(b.T, b.mark) }

// clean checks that no builder and no folder of a build is left.
func (b *slowBuild) clean() {
	b.Helper()
	assert.Eventually(b, func() bool { return !b.runs() }, 10*time.Second, 10*time.Millisecond, "the builder runs on")
	left, err := os.ReadDir(b.dir + "/var/builds")
	require.NoError(b, err)
	assert.Empty(b, left)
	chroots, err := filepath.Glob(b.dir + "/store/*.chroot")
	require.NoError(b, err)
	assert.Empty(b, chroots)
}

// TestBuildKilled checks that a firn that is killed leaves no builder behind, with a sandbox
// and without, and that the next build deletes its folders.
func TestBuildKilled(t *testing.T) {
	eachSandbox(t, func(b *slowBuild) {
		slow, _ := b.start("slow", "echo begun; read x < /dev/zero")
		require.NoError(b, slow.Process.Kill())
		_ = slow.Wait()
		assert.Eventually(b, func() bool { return !b.runs() }, 10*time.Second, 10*time.Millisecond, "the builder runs on")

		out, err := b.command("quick", "echo > $out").CombinedOutput()
		require.NoError(b, err, "%s", out)
		b.clean()
	})
}

// TestBuildInterrupted checks that signals end a firn that builds in order, and what it says.
func TestBuildInterrupted(t *testing.T) {
	eachSandbox(t, func(b *slowBuild) {
		for _, c := range []struct {
			signal syscall.Signal
			status int
			says   string
		}{
			{syscall.SIGINT, 1, "error: interrupted by the user\n"},
			{syscall.SIGTERM, 1, "error: interrupted by the user\n"},
			{syscall.SIGHUP, 1, "error: interrupted by the user\n"},
			{syscall.SIGQUIT, 131, "error: interrupted by the user\n"},
		} {
			if signal.Ignored(c.signal) { // nohup does that, and what is started inherits it
				continue
			}
			slow, stderr := b.start("slow", "echo begun; mkdir many; for i in $(seq 500); do > many/$i; done; read x < /dev/zero")
			require.NoError(b, slow.Process.Signal(c.signal))
			said, err := io.ReadAll(stderr)
			require.NoError(b, err)
			_ = slow.Wait()
			assert.Equal(b, c.status, slow.ProcessState.ExitCode(), "%v", c.signal)
			assert.Equal(b, c.says, string(said), "%v", c.signal)
			b.clean()
		}
	})
}

// TestBuildUnread checks that a firn that builds ends in order when the reader of what it
// says has gone.
func TestBuildUnread(t *testing.T) {
	eachSandbox(t, func(b *slowBuild) {
		slow, stderr := b.start("slow", "echo begun; while :; do echo line; done")
		require.NoError(b, stderr.Close())
		require.Error(b, slow.Wait())
		b.clean()
	})
}

// TestQuit checks that SIGQUIT ends commands quietly that build nothing.
func TestQuit(t *testing.T) {
	const loop = `let f = n: f (n + 1); in builtins.trace "begun" (f 0)`
	for _, c := range []struct {
		args  []string
		input string
	}{
		{[]string{"eval", "-E", loop}, ""},
		{[]string{"repl"}, "builtins.trace \"begun\" 1\n"},
	} {
		cmd := exec.Command(os.Args[0], c.args...)
		cmd.Env = append(os.Environ(), asFirn+"=1", "HOME="+t.TempDir())
		in, err := cmd.StdinPipe()
		require.NoError(t, err)
		stderr, err := cmd.StderrPipe()
		require.NoError(t, err)
		require.NoError(t, cmd.Start())
		_, err = io.WriteString(in, c.input)
		require.NoError(t, err)
		lines := bufio.NewReader(stderr)
		for line := ""; !strings.Contains(line, "begun"); {
			line, err = lines.ReadString('\n')
			require.NoError(t, err, line)
		}
		require.NoError(t, cmd.Process.Signal(syscall.SIGQUIT))
		said, err := io.ReadAll(lines)
		require.NoError(t, err)
		_ = cmd.Wait()
		assert.Equal(t, 131, cmd.ProcessState.ExitCode(), c.args)
		assert.NotContains(t, string(said), "goroutine", c.args)
	}
}

// TestUnread checks that a command that builds nothing ends as a program in C does when the
// reader of its output has gone.
func TestUnread(t *testing.T) {
	cmd := exec.Command(os.Args[0], "eval", "-E", "builtins.genList (n: n) 100000")
	cmd.Env = append(os.Environ(), asFirn+"=1", "HOME="+t.TempDir())
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, out.Close())
	require.Error(t, cmd.Run())
	status := cmd.ProcessState.Sys().(syscall.WaitStatus)
	assert.Equal(t, syscall.SIGPIPE, status.Signal())
}

// builderRuns reports whether there is a process with an argument, which is not firn.
func builderRuns(t *testing.T, argument string) bool {
	files, err := filepath.Glob("/proc/[0-9]*/cmdline")
	require.NoError(t, err)
	for _, file := range files {
		line, err := os.ReadFile(file)
		if err == nil && strings.HasSuffix(string(line), "\x00"+argument+"\x00") {
			return true
		}
	}
	return false
}
