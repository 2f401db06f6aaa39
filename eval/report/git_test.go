package report

import (
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestIndexOfGit reads what git writes, in each version of it.
func TestIndexOfGit(t *testing.T) {
	git, err := exec.LookPath("git")
	if err != nil {
		t.Skip("needs git")
	}
	for _, tt := range []struct {
		name string
		hash int
		args []string
	}{
		{"2", 20, []string{"update-index", "--index-version", "2"}},
		{"3", 20, []string{"update-index", "--index-version", "3"}},
		{"4", 20, []string{"update-index", "--index-version", "4"}},
		{"sha256", 32, []string{"status"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			run := func(args ...string) {
				cmd := exec.Command(git, append([]string{"-C", dir}, args...)...)
				out, err := cmd.CombinedOutput()
				if err != nil {
					t.Skipf("git %v: %s", args, out) // an old one
				}
			}
			format := "sha1"
			if tt.hash == 32 {
				format = "sha256"
			}
			run("init", "-q", "--object-format="+format)
			for _, name := range []string{"a.nix", "lib/b.nix", "lib/bb.nix", "new.nix", "other.nix"} {
				file := filepath.Join(dir, name)
				require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
				require.NoError(t, os.WriteFile(file, []byte("1"), 0o644))
			}
			run("add", "a.nix", "lib")
			run("add", "-N", "new.nix")
			run(tt.args...)
			data, err := os.ReadFile(filepath.Join(dir, ".git", "index"))
			require.NoError(t, err)
			files, ok := parseIndex(data, tt.hash)
			require.True(t, ok)
			require.Equal(t, map[string]bool{"a.nix": true, "lib/b.nix": true, "lib/bb.nix": true, "new.nix": true}, files)

			run("update-index", "--split-index")
			split, err := os.ReadFile(filepath.Join(dir, ".git", "index"))
			require.NoError(t, err)
			_, ok = parseIndex(split, tt.hash)
			require.False(t, ok, "the rest is in another file")

			r := rand.New(rand.NewPCG(1, 2))
			for range 2000 { // damage is no index, and no panic
				bad := append([]byte(nil), data[:r.IntN(len(data))]...)
				if len(bad) > 12 {
					bad[12+r.IntN(len(bad)-12)] = byte(r.Uint32())
				}
				parseIndex(bad, tt.hash)
			}
		})
	}
}
