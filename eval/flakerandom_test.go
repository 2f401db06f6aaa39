package eval_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/builtins/flake/flakeref"
	"github.com/firn-lang/firn/eval"
)

// randomFlakes is how many flakes a random graph has. Each has inputs that are later ones, so
// that paths are up to that long.
const randomFlakes = 6

// writeRandomFlakes writes the flakes f0, f1 and so on to a folder: with inputs that are other
// flakes, parts of the flake itself, or follow others, and with overrides at any depth.
func writeRandomFlakes(t testing.TB, dir string, r *rand.Rand) {
	write := func(name, inputs string) {
		file := filepath.Join(dir, name, "flake.nix")
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o777))
		require.NoError(t, os.WriteFile(file, []byte("{ "+inputs+"outputs = _: { }; }\n"), 0o666))
	}
	names := []string{"a", "b", "c", "d", "e"}
	for i := range randomFlakes {
		write(fmt.Sprintf("f%d/sub", i), "")
		later := func() string { return fmt.Sprintf("path:%s/f%d", dir, i+1+r.IntN(randomFlakes-i-1)) }
		var b strings.Builder
		var have []string
		for _, name := range names {
			isLast := i == randomFlakes-1
			switch n := r.IntN(10); {
			case n < 3:
				continue
			case n < 4 || isLast:
				fmt.Fprintf(&b, "inputs.%s.url = \"./sub\"; ", name)
			case n < 6 && len(have) > 0:
				fmt.Fprintf(&b, "inputs.%s.follows = %q; ", name, have[r.IntN(len(have))])
			case n < 7:
				fmt.Fprintf(&b, "inputs.%s = { url = %q; flake = false; }; ", name, later())
			default:
				fmt.Fprintf(&b, "inputs.%s.url = %q; ", name, later())
				path := "inputs." + name
				for depth := r.IntN(3); depth > 0; depth-- {
					path += ".inputs." + names[r.IntN(len(names))]
					switch {
					case r.IntN(2) == 0 && len(have) > 0:
						fmt.Fprintf(&b, "%s.follows = %q; ", path, have[r.IntN(len(have))])
						depth = 0
					case r.IntN(2) == 0:
						fmt.Fprintf(&b, "%s.url = %q; ", path, later())
					}
				}
			}
			have = append(have, name)
		}
		write(fmt.Sprintf("f%d", i), b.String())
	}
}

// TestRandomLocks compares the lock files of random graphs of flakes with those that the
// reference makes of them: with FIRN_ORACLE=nix-instantiate, and FIRN_GRAPHS graphs (20).
func TestRandomLocks(t *testing.T) {
	command := strings.Fields(os.Getenv("FIRN_ORACLE"))
	if len(command) == 0 {
		t.Skip("needs the reference: FIRN_ORACLE=nix-instantiate FIRN_GRAPHS=500 go test ./eval -run RandomLocks")
	}
	last := len(command) - 1
	command[last] = strings.TrimSuffix(command[last], "nix-instantiate") + "nix"
	count := 20
	if n, err := strconv.Atoi(os.Getenv("FIRN_GRAPHS")); err == nil {
		count = n
	}
	failures := 0
	for seed := range count {
		t.Run(strconv.Itoa(seed), func(t *testing.T) { // whose folder is removed at once: stores are large
			if !compareLocks(t, command, uint64(seed)) {
				failures++
			}
		})
	}
	t.Logf("%d graphs, of which %d are an error", count, failures)
}

// compareLocks compares the lock of the random graph of a seed with that of a command, and reports
// whether there is one.
func compareLocks(t *testing.T, command []string, seed uint64) bool {
	dir := t.TempDir()
	writeRandomFlakes(t, dir, rand.New(rand.NewPCG(seed, 1)))
	cmd := exec.Command(command[0], append(command[1:], "flake", "lock", "--extra-experimental-features", "nix-command flakes",
		"--flake-registry", "", "--output-lock-file", dir+"/lock", "path:"+dir+"/f0")...)
	cmd.Env = append(os.Environ(), "NIX_REMOTE=local?root="+dir+"/root", "XDG_CACHE_HOME="+dir+"/cache", "XDG_CONFIG_HOME="+dir+"/conf", "NIX_CONF_DIR="+dir+"/conf", "HOME="+dir)
	said, failed := cmd.CombinedOutput()

	ev, err := eval.New(eval.Options{Host: eval.OS(), Features: []string{"flakes"}})
	require.NoError(t, err)
	ref, err := (&flakeref.Parser{}).Parse("path:" + dir + "/f0")
	require.NoError(t, err)
	flake, err := ev.OpenFlake(t.Context(), ref, eval.FlakeOptions{})
	if failed != nil {
		assert.Error(t, err, "the reference says:\n%s", said)
		return false
	}
	require.NoError(t, err)
	want, err := os.ReadFile(dir + "/lock")
	require.NoError(t, err)
	got, err := flake.Lock.Text()
	require.NoError(t, err)
	assert.Equal(t, string(want), got)
	return true
}
