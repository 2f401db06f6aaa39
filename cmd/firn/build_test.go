//go:build linux

package main

// This file defines the test of builds whose firn is killed.

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestBuildKilled checks that a firn that is killed leaves no builder behind, with a sandbox
// and without, and that the next build deletes its folders.
func TestBuildKilled(t *testing.T) {
	busybox, err := exec.LookPath("busybox")
	if err != nil {
		t.Skip("no builder: apt-get install busybox-static")
	}
	for _, sandbox := range []string{"false", "true"} {
		t.Run("sandbox "+sandbox, func(t *testing.T) {
			dir := t.TempDir()
			t.Cleanup(func() { _ = exec.Command("chmod", "-R", "u+rwx", dir).Run() })
			mark := filepath.Base(filepath.Dir(dir)) // in the arguments of the builder
			builder, first := "/bin/sh", ""
			if sandbox == "false" {
				builder, first = busybox, `"sh"`
			}
			build := func(name, script string) *exec.Cmd {
				cmd := exec.Command(os.Args[0], "build", "--no-link", "-L", "--impure", "--store", "local",
					"--option", "sandbox", sandbox, "--option", "sandbox-paths", "/bin/sh="+busybox, "--option", "substituters", "", "--option", "build-users-group", "",
					"--expr", fmt.Sprintf("derivation { name = %q; system = builtins.currentSystem; builder = %q; args = [ %s \"-c\" %q %q ]; }", name, builder, first, script, mark))
				cmd.Env = append(os.Environ(), asFirn+"=1", "NIX_CONF_DIR="+dir, "NIX_REMOTE=", "HOME="+dir, "NIX_STORE_DIR="+dir+"/store", "NIX_STATE_DIR="+dir+"/var", "NIX_LOG_DIR="+dir+"/log", "XDG_CONFIG_HOME="+dir)
				return cmd
			}
			slow := build("slow", "echo begun; read x < /dev/zero")
			stderr, err := slow.StderrPipe()
			require.NoError(t, err)
			require.NoError(t, slow.Start())
			lines, begun := bufio.NewScanner(stderr), false
			var said []string
			for !begun && lines.Scan() {
				said = append(said, lines.Text())
				begun = lines.Text() == "begun"
			}
			require.True(t, begun, strings.Join(said, "\n"))
			require.True(t, builderRuns(t, mark))
			require.NoError(t, slow.Process.Kill())
			_ = slow.Wait()
			assert.Eventually(t, func() bool { return !builderRuns(t, mark) }, 10*time.Second, 10*time.Millisecond, "the builder runs on")

			out, err := build("quick", "echo > $out").CombinedOutput()
			require.NoError(t, err, "%s", out)
			left, err := os.ReadDir(dir + "/var/builds")
			require.NoError(t, err)
			assert.Empty(t, left)
			chroots, err := filepath.Glob(dir + "/store/*.chroot")
			require.NoError(t, err)
			assert.Empty(t, chroots)
		})
	}
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
