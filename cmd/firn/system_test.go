//go:build linux

package main

// This file defines the test of a machine: a small system is built, switched, rolled back and
// killed in namespaces of its own, with a root of its own. Its modules are those of
// testdata/machine; what builds and runs is busybox.

import (
	"bytes"
	"errors"
	"fmt"
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
	"golang.org/x/sys/unix"

	"github.com/firn-lang/firn/builtins/build/sandbox"
	"github.com/firn-lang/firn/builtins/system"
)

// insideRoot is the environment variable that names the folder which becomes / of a test.
const insideRoot = "FIRN_TEST_ROOT"

// inNamespaces runs the test itself once more, in namespaces of its own, and returns true there.
// Outside it returns false after that. Where namespaces are forbidden, the test is skipped.
func inNamespaces(t *testing.T) bool {
	if root := os.Getenv(insideRoot); root != "" {
		enterRoot(t, root)
		return true
	}
	busybox, err := exec.LookPath("busybox")
	if err != nil {
		t.Skip("no builder: apt-get install busybox-static")
	}
	dir := t.TempDir()
	command := func(args ...string) *exec.Cmd {
		cmd := exec.Command(os.Args[0], args...)
		cmd.Env = append(os.Environ(), insideRoot+"="+dir, "BUSYBOX="+busybox)
		cmd.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNS | syscall.CLONE_NEWPID | syscall.CLONE_NEWUTS, Pdeathsig: syscall.SIGKILL}
		if os.Geteuid() != 0 {
			cmd.SysProcAttr.Cloneflags |= syscall.CLONE_NEWUSER
			cmd.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{HostID: os.Getuid(), Size: 1}}
			cmd.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{HostID: os.Getgid(), Size: 1}}
		}
		return cmd
	}
	if out, err := command("-test.run=^$").CombinedOutput(); err != nil {
		t.Skipf("no namespaces here: %v\n%s", err, out)
	}
	out, err := command("-test.run=^"+t.Name()+"$", "-test.v", "-test.timeout=20m").CombinedOutput()
	if bytes.Contains(out, []byte("--- SKIP")) {
		t.Skipf("%s", out)
	}
	t.Logf("%s", out)
	require.NoError(t, err)
	return false
}

// enterRoot makes a root of its own, in which there are the programs of the machine, and nothing of
// its files.
func enterRoot(t *testing.T, root string) {
	mount := func(source, target, kind string, flags uintptr) {
		if err := unix.Mount(source, target, kind, flags, ""); err != nil {
			t.Skipf("no mounts here: %s: %v", target, err)
		}
	}
	mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE)
	mount("machine", root, "tmpfs", 0)
	for _, dir := range []string{"nix", "run", "etc/nix", "boot", "tmp", "root", "machine", "old"} {
		require.NoError(t, os.MkdirAll(root+"/"+dir, 0o755))
	}
	require.NoError(t, os.CopyFS(root+"/machine", os.DirFS("testdata/machine")))
	for _, name := range []string{"usr", "bin", "sbin", "lib", "lib32", "lib64", "dev", "proc"} {
		info, err := os.Lstat("/" + name)
		switch {
		case err != nil:
		case info.Mode()&os.ModeSymlink != 0:
			target, err := os.Readlink("/" + name)
			require.NoError(t, err)
			require.NoError(t, os.Symlink(target, root+"/"+name))
		default:
			require.NoError(t, os.Mkdir(root+"/"+name, 0o755))
			if name == "proc" && unix.Mount("proc", root+"/proc", "proc", 0, "") == nil {
				continue
			}
			mount("/"+name, root+"/"+name, "", unix.MS_BIND|unix.MS_REC)
		}
	}
	self, err := os.Executable()
	require.NoError(t, err)
	for from, to := range map[string]string{self: "/firn", os.Getenv("BUSYBOX"): "/busybox"} {
		require.NoError(t, os.WriteFile(root+to, nil, 0o755))
		mount(from, root+to, "", unix.MS_BIND)
	}
	require.NoError(t, os.WriteFile(root+"/etc/nix/nix.conf", []byte("sandbox = false\nsubstituters =\nbuild-users-group =\n"), 0o644))
	require.NoError(t, unix.PivotRoot(root, root+"/old"))
	require.NoError(t, os.Chdir("/"))
	require.NoError(t, unix.Unmount("/old", unix.MNT_DETACH))
}

// A testMachine is the machine inside.
type testMachine struct{ *testing.T }

// command returns a command of firn about the machine.
func (m testMachine) command(args ...string) *exec.Cmd {
	cmd := exec.Command("/firn", append([]string{"system"}, args...)...)
	cmd.Env = []string{asFirn + "=1", "HOME=/root", "PATH=/usr/bin:/bin", "NO_COLOR=1"}
	cmd.Dir = "/machine"
	return cmd
}

// machineSource are the flags of commands that evaluate.
var machineSource = []string{"-f", ".", "--argstr", "busybox=/busybox", "--no-eval-cache"}

// run runs a command, and returns what it prints. An exit status other than 0 is an error.
func (m testMachine) run(args ...string) (string, error) {
	out, err := m.command(args...).CombinedOutput()
	return string(out), err
}

// must is run for a command that succeeds.
func (m testMachine) must(args ...string) string {
	m.Helper()
	out, err := m.run(args...)
	require.NoError(m, err, "%s: %s", args, out)
	return out
}

// configure changes the configuration.
func (m testMachine) configure(lines ...string) {
	text := "{ config, lib, ... }:\n{\n  networking.hostName = \"cellar\";\n  system.stateVersion = \"1\";\n"
	for _, l := range lines {
		text += "  " + l + "\n"
	}
	require.NoError(m, os.WriteFile("/machine/configuration.nix", []byte(text+"}\n"), 0o644))
}

// leads returns what a link leads to; "" if it is not there.
func leads(link string) string {
	target, _ := filepath.EvalSymlinks(link)
	return target
}

const profileLink = "/nix/var/nix/profiles/system"

// generations returns the current generation and what there are, as "2: 1 2".
func (m testMachine) generations() string {
	s, err := (&system.Local{Profile: profileLink}).Look(m.Context())
	require.NoError(m, err)
	text := strconv.Itoa(s.Current) + ":"
	for _, g := range s.Generations {
		text += " " + strconv.Itoa(g.Number)
	}
	return text
}

func TestMachine(t *testing.T) {
	if !inNamespaces(t) {
		return
	}
	m := testMachine{t}
	with := func(command string, flags ...string) []string {
		return append(append([]string{command}, machineSource...), flags...)
	}

	m.configure("systemd.services.clock.run = \"/bin/clock\";")
	out := m.must(with("switch")...)
	assert.Contains(t, out, "There is no generation yet.")
	assert.Contains(t, out, "generation 1 is active")
	first := leads(profileLink)
	assert.Equal(t, first, leads("/run/current-system"))
	assert.FileExists(t, "/run/services/clock")
	text, err := os.ReadFile("/etc/static/hostname")
	require.NoError(t, err)
	assert.Equal(t, "cellar\n", string(text))

	m.configure("systemd.services.clock.run = \"/bin/clock\";", "services.web = {", "  enable = true;", "  port = 8080;", "};")
	out = m.must(with("dry")...)
	assert.Contains(t, out, "Changes from generation 1:\n")
	assert.Contains(t, out, "services.web.enable: + true  ./configuration.nix:7\n")
	assert.Contains(t, out, "services.web.port: + 8080  ./configuration.nix:8\n")
	assert.Contains(t, out, "by services.web.enable, services.web.port:\n      files: ~ units, + web.conf\n      unit: + web.service\n      user: + web\n")
	assert.Contains(t, out, "will be built")
	assert.Equal(t, "1: 1", m.generations())
	out = m.must(with("dry", "--units")...)
	assert.Contains(t, out, "would start clock web")
	assert.Equal(t, "1: 1", m.generations())

	m.must(with("switch")...)
	second := leads(profileLink)
	assert.Equal(t, second, leads("/run/current-system"))
	assert.Equal(t, "2: 1 2", m.generations())
	assert.Contains(t, m.must(with("switch")...), "Nothing changes: generation 2 is the same.")

	// What fails before it is activated is undone.
	m.configure("services.web.enable = true;", "system.preActivation = \"echo boom >&2; exit 7\";")
	out, err = m.run(with("switch")...)
	var exited *exec.ExitError
	require.ErrorAs(t, err, &exited, out)
	assert.Equal(t, 7, exited.ExitCode(), out)
	assert.Contains(t, out, "boom\n")
	assert.Contains(t, out, "failed with status 7; it was not activated, and the machine's generation is 2, as before")
	assert.Equal(t, "2: 1 2", m.generations())
	assert.Equal(t, second, leads("/run/current-system"))

	// What fails afterwards stays.
	m.configure("services.web.enable = true;", "system.postActivation = \"exit 4\";")
	out, err = m.run(with("switch")...)
	require.ErrorAs(t, err, &exited, out)
	assert.Equal(t, 4, exited.ExitCode(), out)
	assert.Contains(t, out, "generation 3 is active nevertheless, and stays")
	assert.Equal(t, leads(profileLink), leads("/run/current-system"))

	out = m.must("rollback")
	assert.Contains(t, out, "Changes from generation 3 to 2:")
	assert.Contains(t, out, "services.web.port: + 8080  ./configuration.nix:8\n")
	assert.Contains(t, out, "system.postActivation: - \"exit 4\"  ./configuration.nix:6 (was)\n")
	assert.Equal(t, second, leads("/run/current-system"))
	m.must("rollback", "--to", "1")
	assert.Equal(t, first, leads("/run/current-system"))
	assert.NoFileExists(t, "/run/services/web")
	assert.Equal(t, "1: 1 2 3", m.generations())
	out, err = m.run("rollback")
	require.Error(t, err)
	assert.Contains(t, out, "there is no generation before the current one (1)")
	out, err = m.run("rollback", "--to", "9")
	require.Error(t, err)
	assert.Contains(t, out, "there is no such generation: 9")

	out = m.must("list")
	assert.Regexp(t, `(?m)^   1   .* /nix/store/\S+-nixos-system-cellar-test   test   \(current, active\)$`, out)
	out = m.must("diff", "1", "2")
	assert.Contains(t, out, "services.web.enable: + true  ./configuration.nix:7\n")

	m.configure("services.web.enable = true;")
	m.must(with("boot")...)
	assert.Equal(t, first, leads("/run/current-system"))
	assert.Equal(t, "4: 1 2 3 4", m.generations())
	menu, err := os.ReadFile("/boot/menu")
	require.NoError(t, err)
	assert.Equal(t, 4, strings.Count(string(menu), "\n"))
	m.must(with("test")...)
	assert.Equal(t, leads(profileLink), leads("/run/current-system"))
	m.must("rollback", "--to", "2")

	// The same machine as an output of a flake, whose files are called what they are on the disk.
	out = m.must("dry", "--flake", "/machine#cellar")
	assert.Contains(t, out, "services.web.port: - 8080  ./configuration.nix:8 (was)\n")
	out, err = m.run("dry", "--flake", "/machine#celar")
	require.Error(t, err)
	assert.Contains(t, out, "does not provide attribute 'nixosConfigurations.\"celar\"'")
	assert.Contains(t, out, "cellar")

	rebuild := func(args ...string) string {
		cmd := m.command()
		cmd.Args = append([]string{"nixos-rebuild"}, args...)
		out, err := cmd.CombinedOutput()
		require.NoError(t, err, "%s", out)
		return string(out)
	}
	out = rebuild("switch", "-f", ".", "--argstr", "busybox", "/busybox")
	assert.Contains(t, out, "Done. The new configuration is "+leads(profileLink)+"\n")
	assert.Equal(t, "4: 1 2 3 4", m.generations())
	rebuild("--rollback", "boot")
	assert.Equal(t, "3: 1 2 3 4", m.generations())
	assert.Regexp(t, `(?m)^Generation  Build-date .*\n4 .* False\n3 .* True\n2 .* False\n`, rebuild("list-generations"))
	assert.Contains(t, rebuild("dry-build", "--flake=/machine#cellar"), "building the system configuration...")
	m.must("rollback", "--to", "2")

	assert.Equal(t, "would delete generation 1\nwould delete generation 3\nwould delete generation 4\n", m.must("gc", "--dry-run"))
	out = m.must("gc")
	assert.Contains(t, out, "deleted generation 1\n")
	assert.Contains(t, out, "store paths deleted")
	assert.Equal(t, "2: 2", m.generations())
	menu, err = os.ReadFile("/boot/menu")
	require.NoError(t, err)
	assert.Equal(t, 1, strings.Count(string(menu), "\n"), "the boot menu has nothing that was collected")
	assert.NoDirExists(t, first)
	assert.DirExists(t, second)
	records, err := os.ReadDir("/nix/var/nix/firn/generations")
	require.NoError(t, err)
	assert.Len(t, records, 1)

	m.elsewhere(with)
	m.kill(with("switch"))
}

// elsewhere switches a machine that ssh reaches, which is this one behind a program of that name,
// and one in a folder.
func (m testMachine) elsewhere(with func(command string, flags ...string) []string) {
	t := m.T
	require.NoError(t, os.Mkdir("/tmp/bin", 0o755))
	require.NoError(t, os.WriteFile("/tmp/bin/ssh", []byte("#!/bin/sh\nwhile [ \"$1\" != -- ]; do shift; done\nshift\nexec sh -c \"$*\"\n"), 0o755))
	for _, name := range []string{"nix-daemon", "nix-env"} {
		require.NoError(t, os.Symlink("/firn", "/tmp/bin/"+name))
	}
	m.configure("services.web.enable = true;", "services.web.port = 22;")
	there := func(args ...string) string {
		cmd := m.command(append(args, "--target-host", "root@there")...)
		cmd.Env = append(cmd.Env, "PATH=/tmp/bin:/usr/bin:/bin")
		out, err := cmd.CombinedOutput()
		require.NoError(t, err, "%s", out)
		return string(out)
	}
	out := there(with("switch")...)
	assert.Contains(t, out, "services.web.port: 8080 → 22")
	assert.Contains(t, out, "generation 3 is active")
	assert.Equal(t, "3: 2 3", m.generations())
	assert.Equal(t, leads(profileLink), leads("/run/current-system"))
	assert.Contains(t, there("rollback"), "generation 2 is active")
	assert.Regexp(t, `(?m)^   2 .*\(current, active\)$`, there("list"))

	if err := sandbox.Probe(); err != nil {
		t.Logf("no machine in a folder, which needs a sandbox: %v", err)
		return
	}
	require.NoError(t, os.MkdirAll("/mnt/run", 0o755))
	busybox, err := os.ReadFile("/busybox")
	require.NoError(t, err)
	require.NoError(t, os.WriteFile("/mnt/busybox", busybox, 0o755))
	out = m.must(with("switch", "--root", "/mnt", "--option", "sandbox=true", "--option", "sandbox-paths=/busybox")...)
	assert.Contains(t, out, "generation 1 is active")
	target, err := os.Readlink("/mnt/run/current-system")
	require.NoError(t, err)
	assert.DirExists(t, "/mnt"+target)
	assert.Equal(t, "2: 2 3", m.generations(), "this machine is as it was")
}

// kill kills switches at random moments: FIRN_KILLS says how often. After each, the profile leads to
// the old generation or the new one, and the next command says which.
func (m testMachine) kill(args []string) {
	t := m.T
	times := 100
	if text := os.Getenv("FIRN_KILLS"); text != "" {
		var err error
		times, err = strconv.Atoi(text)
		require.NoError(t, err)
	}
	set := func(n int) {
		m.configure(fmt.Sprintf("services.web.port = %d;", 1000+n%2), "services.web.enable = true;")
	}
	var paths [2]string
	var took time.Duration
	for n := range 3 { // both are built then
		set(n)
		begun := time.Now()
		m.must(args...)
		took = time.Since(begun)
		paths[n%2] = leads(profileLink)
	}
	counts := map[string]int{}
	for n := range times {
		old := leads(profileLink)
		next := 0
		if old == paths[0] {
			next = 1
		}
		set(next)
		cmd := m.command(args...)
		require.NoError(t, cmd.Start())
		time.Sleep(time.Duration(rand.Int64N(int64(took))))
		if n%2 == 0 { // as when the power fails: no other process goes on
			_ = syscall.Kill(-1, syscall.SIGKILL) // but this one, which is the first of its namespace
		}
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		now := leads(profileLink)
		require.Contains(t, []string{old, paths[next]}, now)

		said := m.must("list")
		host := &system.Local{Profile: profileLink, ActiveLink: "/run/current-system"}
		o, err := (&system.Machine{Host: host}).Recover(t.Context()) // waits for a program that goes on
		require.NoError(t, err)
		now = leads(profileLink)
		s, err := host.Look(t.Context())
		require.NoError(t, err)
		switch {
		case o == nil && now == old:
			counts["not begun"]++
		case o == nil:
			counts["done"]++
		case o.New:
			require.Equal(t, paths[next], now)
			counts["new"]++
		default:
			require.Equal(t, old, now)
			counts["old"]++
		}
		if o != nil {
			require.Equal(t, s.Current, o.Generation)
			if !strings.Contains(said, "another run is switching") {
				require.Contains(t, said, fmt.Sprintf("the generation is %d", o.Generation))
			}
		}
		if n%10 == 9 { // what was cut can be done
			m.must(args...)
			require.Equal(t, paths[next], leads(profileLink))
			require.Equal(t, paths[next], leads("/run/current-system"))
		}
	}
	t.Log(counts)
	_, err := os.Stat(profileLink + ".switch")
	assert.True(t, errors.Is(err, os.ErrNotExist))
}
