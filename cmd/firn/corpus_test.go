package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/firn-lang/firn/cmd/firn/internal/instantiate"
	"github.com/firn-lang/firn/cmd/firn/internal/setup"
	"github.com/firn-lang/firn/corpus"
	"github.com/firn-lang/firn/eval/world"
)

// mounted is the world with a folder at another place in it.
type mounted struct {
	world.Host
	at, folder string
}

func (m mounted) real(path string) string {
	if rest, ok := strings.CutPrefix(path, m.at); ok && (rest == "" || rest[0] == '/') {
		return m.folder + rest
	}
	return path
}

func (m mounted) Lstat(ctx context.Context, path string) (world.FileInfo, error) {
	return m.Host.Lstat(ctx, m.real(path))
}
func (m mounted) Open(ctx context.Context, path string) (world.File, error) {
	return m.Host.Open(ctx, m.real(path))
}
func (m mounted) ReadDir(ctx context.Context, path string) ([]world.DirEntry, error) {
	return m.Host.ReadDir(ctx, m.real(path))
}
func (m mounted) ReadLink(ctx context.Context, path string) (string, error) {
	return m.Host.ReadLink(ctx, m.real(path))
}
func (m mounted) Getenv(ctx context.Context, name string) string {
	return map[string]string{"HOME": "/home/alice"}[name]
}

// evalCase runs a case of the corpus through nix-instantiate --eval.
func evalCase(t *testing.T, c corpus.Case, at string) (stdout, stderr string, status int) {
	t.Helper()
	for name, value := range map[string]string{"NIX_PATH": "", "NIX_CONFIG": "", "NIX_CONF_DIR": "/nonexistent", "NIX_USER_CONF_FILES": "", "NIX_STATE_DIR": "/nonexistent"} {
		t.Setenv(name, value)
	}
	folder, err := filepath.Abs(filepath.Dir(c.Path))
	require.NoError(t, err)
	var out, errs bytes.Buffer
	args := append([]string{"--eval", "--strict", "--show-trace"}, c.Flags...)
	args = append(args, filepath.Base(c.Path))
	status = instantiate.Main(args, &setup.Streams{
		In: strings.NewReader(""), Out: &out, Err: &errs,
		Host: mounted{world.OS(), at, setup.Absolute(folder)}, Dir: at, Home: "/home/alice", LookupEnv: os.LookupEnv,
	})
	var lines []string
	for line := range strings.Lines(errs.String()) {
		if !strings.HasPrefix(line, "warning: firn does not") { // of settings that only a store has
			lines = append(lines, line)
		}
	}
	return out.String(), strings.Join(lines, ""), status
}

// lastError returns the message of what was printed, without trace and place.
func lastError(text string) string {
	i := strings.LastIndex("\n"+text, "\nerror: ")
	if j := strings.LastIndex(text, "\n       error: "); j >= 0 {
		i = j + len("\n       ")
	}
	if i < 0 {
		return text
	}
	return strings.SplitN(text[i:], "\n", 2)[0]
}

// knownDifferences returns the cases of a set that differ from the reference on
// purpose. corpus/known-differences.txt has a line for each: SET/CASE: reason.
func knownDifferences(t *testing.T, set string) map[string]bool {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "corpus", "known-differences.txt"))
	require.NoError(t, err)
	known := map[string]bool{}
	for line := range strings.Lines(string(text)) {
		if name, reason, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(reason) != "" && strings.HasPrefix(name, set+"/") {
			known[strings.TrimPrefix(name, set+"/")] = true
		}
	}
	return known
}

// testEval compares what the cases of a set print with the reference: of those
// that fail, the message or, with traces, all of it.
func testEval(t *testing.T, name string, traces bool) {
	dir := filepath.Join("..", "..", "corpus", name)
	at := "/pwd/" + name
	known := knownDifferences(t, name)
	compare := func(t *testing.T, c corpus.Case, ext, got string, part func(string) string) {
		base := strings.TrimSuffix(c.Path, ".nix")
		want, err := os.ReadFile(base + ext)
		require.NoError(t, err)
		if known[filepath.Base(base)] {
			require.NotEqual(t, part(string(want)), part(got), "remove it from known-differences.txt")
			return
		}
		require.Equal(t, part(string(want)), part(got))
	}
	corpus.Run(t, dir, "eval-okay-", func(t *testing.T, c corpus.Case) {
		out, errs, status := evalCase(t, c, at)
		require.Zero(t, status, errs)
		compare(t, c, ".exp", out, whole)
	})
	part := lastError
	if traces {
		part = whole
	}
	corpus.Run(t, dir, "eval-fail-", func(t *testing.T, c corpus.Case) {
		_, errs, status := evalCase(t, c, at)
		require.Equal(t, statusOf(errs), status, errs)
		compare(t, c, ".err.exp", errs, part)
	})
}

func TestEvalLanguage(t *testing.T) { testEval(t, "lang", true) }

func TestEvalBuiltins(t *testing.T) { testEval(t, "builtins", true) }

// TestErrorsNix compares what firn eval --errors=nix prints for the failing cases, by its own
// way of printing values, with the reference.
func TestErrorsNix(t *testing.T) {
	for name, value := range map[string]string{"NIX_PATH": "", "NIX_CONFIG": "", "NIX_CONF_DIR": "/nonexistent", "NIX_USER_CONF_FILES": "", "NIX_STATE_DIR": "/nonexistent"} {
		t.Setenv(name, value)
	}
	for _, set := range []string{"lang", "builtins"} {
		dir := filepath.Join("..", "..", "corpus", set)
		folder, err := filepath.Abs(dir)
		require.NoError(t, err)
		known := knownDifferences(t, set)
		at := "/pwd/" + set
		corpus.Run(t, dir, "eval-fail-", func(t *testing.T, c corpus.Case) {
			base := strings.TrimSuffix(c.Path, ".nix")
			if known[filepath.Base(base)] {
				t.Skip("known difference")
			}
			want, err := os.ReadFile(base + ".err.exp")
			require.NoError(t, err)
			var out, errs bytes.Buffer
			args := append([]string{"eval", "--errors=nix", "--show-trace", "./" + filepath.Base(c.Path)}, c.Flags...)
			status := run(args, &streams{
				in: strings.NewReader(""), out: &out, err: &errs,
				host: mounted{world.OS(), at, setup.Absolute(folder)}, dir: at, home: "/home/alice",
			})
			require.Equal(t, statusOf(errs.String()), status, errs.String())
			require.Equal(t, whole(string(want)), whole(errs.String()))
		})
	}
}

// statusOf returns the exit status of a command that printed errs.
func statusOf(errs string) int {
	if strings.Contains(errs, "hash mismatch in") {
		return setup.StatusMismatch
	}
	return 1
}

// whole returns what was printed without what the reference says of its own command line after
// some errors, and without the empty line that some of its messages end in.
func whole(text string) string {
	text = strings.TrimSuffix(text, "Try 'nix-instantiate --help' for more information.\n")
	return strings.TrimRight(text, " \n")
}
