//go:build linux || darwin

package main

// This file copies between the stores of firn and of C++ Nix over ssh, if FIRN_ORACLE
// says how that is run. A script takes the place of ssh.

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// fakeSSH runs a command of C++ Nix if the host is oracle, and otherwise of firn, with
// a store of that machine.
const fakeSSH = `#!/bin/sh
host=
while [ "$1" != -- ]; do
	case $1 in
	*LocalCommand=echo*) echo started ;; # which ssh runs once it has connected
	*@oracle) host=oracle ;;
	*@firn) host=firn ;;
	esac
	shift
done
shift
NIX_REMOTE="local?root=$ROOT/$host"
PATH="$ROOT/$host.bin:$PATH"
export NIX_REMOTE PATH
exec sh -c "$*"
`

func TestSSHWithOracle(t *testing.T) {
	words := strings.Fields(os.Getenv("FIRN_ORACLE"))
	if len(words) == 0 {
		t.Skip("FIRN_ORACLE is not set")
	}
	root := t.TempDir()
	self, err := os.Executable()
	require.NoError(t, err)
	write := func(name, text string) {
		name = filepath.Join(root, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o755))
		require.NoError(t, os.WriteFile(name, []byte(text), 0o755))
	}
	write("bin/ssh", fakeSSH)
	write("a", "hello\n")
	write("b", "from b\n")
	for _, name := range []string{"nix", "nix-store", "nix-daemon"} {
		write("oracle.bin/"+name, "#!/bin/sh\nexec "+strings.Join(words[:len(words)-1], " ")+" "+name+" \"$@\"\n")
		require.NoError(t, os.MkdirAll(filepath.Join(root, "firn.bin"), 0o755))
		require.NoError(t, os.Symlink(self, filepath.Join(root, "firn.bin", name)))
	}
	// run runs a command of a machine.
	run := func(host, name string, args ...string) string {
		cmd := exec.Command(filepath.Join(root, host+".bin", name), args...)
		cmd.Env = append(os.Environ(), asFirn+"=1", "ROOT="+root, "PATH="+root+"/bin:"+os.Getenv("PATH"), "NIX_REMOTE=local?root="+root+"/"+host,
			"NIX_CONFIG=experimental-features = nix-command\nsubstituters =\nbuild-users-group =", "HOME="+root, "NIX_STORE_DIR=", "NIX_STATE_DIR=")
		var log strings.Builder
		cmd.Stderr = &log
		out, err := cmd.Output()
		require.NoError(t, err, "%s: %s %q: %s", host, name, args, log.String())
		return strings.TrimSpace(string(out))
	}
	for _, pair := range [][2]string{{"firn", "oracle"}, {"oracle", "firn"}} {
		client, server := pair[0], pair[1]
		for _, scheme := range []string{"ssh", "ssh-ng"} {
			url := scheme + "://user@" + server
			for _, host := range pair {
				require.NoError(t, exec.Command("sh", "-c", "chmod -R u+w "+filepath.Join(root, host)+" 2>/dev/null; rm -rf "+filepath.Join(root, host)).Run())
			}
			mine, theirs := run(client, "nix-store", "--add", filepath.Join(root, "a")), run(server, "nix-store", "--add", filepath.Join(root, "b"))
			run(client, "nix", "copy", "--no-check-sigs", "--to", url, mine)
			run(client, "nix", "copy", "--no-check-sigs", "--from", url, theirs)
			for _, host := range pair {
				text, err := os.ReadFile(filepath.Join(root, host, mine))
				require.NoError(t, err, "%s %s", url, host)
				assert.Equal(t, "hello\n", string(text))
				text, err = os.ReadFile(filepath.Join(root, host, theirs))
				require.NoError(t, err, "%s %s", url, host)
				assert.Equal(t, "from b\n", string(text))
				assert.Empty(t, run(host, "nix-store", "--verify", "--check-contents"))
			}
			assert.Contains(t, run(client, "nix", "path-info", "--store", url, "-s", theirs), "152")
		}
	}
}
