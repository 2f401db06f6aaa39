//go:build linux

package build

// This file defines the tests of builds in a sandbox.

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/firn-lang/firn/builtins/build/sandbox"
	"github.com/firn-lang/firn/builtins/store/drv"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/builtins/store/storepath"
)

// boxed returns a fixture whose builders run in a sandbox, in which /bin/sh is there.
func boxed(t *testing.T, features ...string) *fixture {
	f := newFixture(t, features...)
	if err := sandbox.Probe(); err != nil {
		t.Skipf("no sandbox: %v", err)
	}
	f.opts.Sandbox = Always
	f.opts.SandboxPaths = []SandboxPath{{Target: "/bin/sh", Source: f.shell}}
	f.shell = "/bin/sh"
	return f
}

func TestSandbox(t *testing.T) {
	f := boxed(t)
	src := f.text("source", "x")
	f.text("other", "y")
	secret := t.TempDir() + "/secret"
	require.NoError(t, os.WriteFile(secret, nil, 0o666))
	out := f.build(testDrv{name: "inside", env: map[string]string{"src": src, "secret": secret}, sources: []string{src}, script: `
		exec 9>&2 > $out 2>&1
		echo pid $$ id $(id) cwd $(pwd) umask $(umask) host $(hostname)
		echo / $(ls -a /)
		echo dev $(ls /dev)
		echo etc $(ls /etc)
		echo store $(ls $NIX_STORE | grep -v inside)
		grep -E '^(CapEff|CapPrm|CapInh|CapAmb|NoNewPrivs|Seccomp):' /proc/self/status
		grep -o '^ *lo:' /proc/net/dev
		wc -l < /proc/net/dev
		ulimit -c
		cat $secret
		cat /proc/self/setgroups
		chmod 4755 $out
		mkdir /build/d; chmod 2755 /build/d
		mknod /build/n c 1 3
		mount -t tmpfs none /tmp
		touch /etc/x
		ls /proc | grep -c '^[0-9]'
		true
	`})
	base := func(p string) string { return strings.TrimPrefix(p, string(f.store.Dir())+"/") }
	top := strings.Split(strings.TrimPrefix(string(f.store.Dir()), "/"), "/")[0]
	got := strings.NewReplacer(secret, "SECRET", out, "OUT").Replace(f.read(out))
	names := []string{".", "..", "bin", "build", "dev", "etc", "proc"}
	if top != "tmp" {
		names = append(names, "tmp")
	}
	assert.Equal(t, `pid 1 id uid=1000(nixbld) gid=100(nixbld) cwd /build umask 0022 host localhost
/ `+strings.Join(append(names, top), " ")+`
dev fd full null ptmx pts random shm stderr stdin stdout tty urandom zero
etc group hosts passwd
store `+base(src)+`
CapInh:	0000000000000000
CapPrm:	0000000000000000
CapEff:	0000000000000000
CapAmb:	0000000000000000
NoNewPrivs:	1
Seccomp:	2
    lo:
3
0
cat: can't open 'SECRET': No such file or directory
deny
chmod: OUT: Operation not permitted
chmod: /build/d: Operation not permitted
mknod: /build/n: Operation not permitted
mount: permission denied (are you root?)
touch: /etc/x: Permission denied
3
`, got)
	f.clean()
}

func TestSandboxNetwork(t *testing.T) {
	f := boxed(t)
	hash := nixhash.Sum(nixhash.SHA256, []byte("x\n"))
	fixed := &drv.Output{Name: "out", Kind: drv.Fixed, Method: storepath.Flat, Hash: hash}
	f.build(testDrv{name: "fixed", fixed: fixed, script: "ls -1 /etc; readlink /proc/self/ns/net; echo x > $out"})
	ours, err := os.Readlink("/proc/self/ns/net")
	require.NoError(t, err)
	assert.Equal(t, ours, f.lines[len(f.lines)-1], "the network is that of the machine")
	assert.Contains(t, f.lines, "nsswitch.conf")
}

func TestSandboxFailures(t *testing.T) {
	f := boxed(t)
	r := testDrv{name: "partial", script: "echo x > $out; exit 1"}
	f.fail(r)
	assert.Equal(t, "x\n", f.read(f.outputOf(f.add(r))), "what was made can be looked at")
	err, _ := f.fail2(testDrv{name: "asks", script: "true", env: map[string]string{"__noChroot": "1"}})
	assert.Contains(t, err.Msg, "has '__noChroot' set, but that's not allowed when 'sandbox' is 'true'")
	err, _ = f.fail2(testDrv{name: "host", script: "true", env: map[string]string{"__impureHostDeps": "/etc/shadow"}})
	assert.Contains(t, err.Msg, "requested impure path '/etc/shadow', but it was not in allowed-impure-host-deps")
	f.opts.SandboxPaths = append(f.opts.SandboxPaths, SandboxPath{Target: "/x", Source: "/no/such", Optional: true})
	f.build(testDrv{name: "optional", script: "echo > $out"})
	f.opts.SandboxPaths = append(f.opts.SandboxPaths, SandboxPath{Target: "/y", Source: "/no/such"})
	err, _ = f.fail(testDrv{name: "missing", script: "echo > $out"})
	assert.Equal(t, "getting attributes of path \"/no/such\": No such file or directory", err.Msg)
	assert.Equal(t, "while setting up the build environment", err.Frame)
	f.clean()
}

func TestSandboxCheck(t *testing.T) {
	f := boxed(t)
	p := f.add(testDrv{name: "same", script: "mkdir $out; echo $out > $out/self"})
	require.Nil(t, f.try(Normal, p).Results[0].Err)
	require.Nil(t, f.try(Check, p).Results[0].Err)
	f.clean()
}

// TestDeepTrees builds derivations that nest folders deeper than a path can name: in the
// build folder without harm, and in an output, which is an error. No folder of a build is
// left, and the output is deleted before it is built again.
func TestDeepTrees(t *testing.T) {
	const nest = `; p=f; while [ ${#p} -lt 2500 ]; do p=$p/folder; done; mkdir -p $p && mv f g && mkdir -p $p && mv g $p/ || exit 9`
	for name, fixture := range map[string]func(*testing.T, ...string) *fixture{"without a sandbox": newFixture, "in a sandbox": boxed} {
		t.Run(name, func(t *testing.T) {
			f := fixture(t)
			f.build(testDrv{name: "beside", script: `echo > $out` + nest})
			f.clean()
			for range 2 {
				err, _ := f.fail(testDrv{name: "within", script: `mkdir $out; cd $out` + nest})
				assert.Equal(t, OutputRejected, err.Status)
				assert.Contains(t, err.Msg, "are nested too deeply")
				assert.Less(t, len(err.Msg), 1000)
			}
		})
	}
}

// TestInheritedFiles checks that builders have none of the files that the program was
// started with.
func TestInheritedFiles(t *testing.T) {
	for name, fixture := range map[string]func(*testing.T, ...string) *fixture{"without a sandbox": newFixture, "in a sandbox": boxed} {
		t.Run(name, func(t *testing.T) {
			f := fixture(t)
			secret := t.TempDir() + "/secret"
			require.NoError(t, os.WriteFile(secret, []byte("secret"), 0o600))
			file, err := os.Open(secret)
			require.NoError(t, err)
			defer file.Close()
			// Descriptors that os opens are not inherited; this one is.
			fd, err := unix.FcntlInt(file.Fd(), unix.F_DUPFD, 7)
			require.NoError(t, err)
			defer unix.Close(fd)
			out := f.build(testDrv{name: "files", env: map[string]string{"fd": fmt.Sprint(fd)}, script: `
				cat /proc/self/fd/$fd > $out
				# 3 is the folder that the shell reads, and 10 what it keeps of the standard output.
				for i in /proc/$$/fd/*; do case $i in */[0-3]|*/10) ;; *) echo $i >> $out;; esac; done
				true
			`})
			assert.Empty(t, f.read(out))
		})
	}
}
