package corpus

// This file defines TestRecordEval, which compares the golden files of the
// eval cases with the reference, or rewrites them from it.

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// evalRoot is where the reference finds the cases, so that the paths in its
// output are the same on every machine.
const evalRoot = "/pwd"

// TestRecordEval asks C++ Nix 2.34.8 what the eval cases of lang/ and builtins/
// give, with
//
//	nix-instantiate --readonly-mode --eval --strict --show-trace FLAGS FILE
//
// in /pwd/lang or /pwd/builtins (without --readonly-mode if the flags choose a
// store, and --show-trace only for what fails), and compares
//
//	eval-okay-NAME.exp       with its standard output
//	eval-fail-NAME.err.exp   with its standard error: what was traced, the
//	                         frames and the message
//
// With -update it rewrites them. It makes /pwd with copies of the folders, and
// removes it, so it must be allowed to write there:
//
//	FIRN_ORACLE=nix-instantiate go test ./corpus -run RecordEval -update
func TestRecordEval(t *testing.T) {
	command := strings.Fields(os.Getenv("FIRN_ORACLE"))
	if len(command) == 0 {
		t.Skip("needs the reference: FIRN_ORACLE=nix-instantiate go test ./corpus -run RecordEval")
	}
	copyToRoot(t)
	for _, dir := range []string{"lang", "builtins"} {
		Run(t, dir, "eval-okay-", func(t *testing.T, c Case) {
			t.Parallel()
			stdout, stderr, code := referenceEval(t, command, dir, c)
			require.Zero(t, code, stderr)
			c.Golden(t, ".exp", stdout)
		})
		Run(t, dir, "eval-fail-", func(t *testing.T, c Case) {
			t.Parallel()
			stdout, stderr, code := referenceEval(t, command, dir, c, "--show-trace")
			require.NotZero(t, code, stdout+stderr)
			c.Golden(t, ".err.exp", stderr)
		})
	}
}

// copyToRoot fails if the folder exists: it could be somebody's.
func copyToRoot(t *testing.T) {
	t.Helper()
	require.NoError(t, os.Mkdir(evalRoot, 0o777))
	t.Cleanup(func() { os.RemoveAll(evalRoot) })
	for _, dir := range []string{"lang", "builtins"} {
		require.NoError(t, os.CopyFS(filepath.Join(evalRoot, dir), os.DirFS(dir)))
	}
}

// aboutTheMachine are warnings that say nothing about the program.
var aboutTheMachine = regexp.MustCompile(`(?m)^warning: .*nixbld.*\n`)

func referenceEval(t *testing.T, command []string, dir string, c Case, flags ...string) (stdout, stderr string, code int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	args := slices.Concat(command[1:], []string{"--eval", "--strict"}, flags, c.Flags)
	if !slices.Contains(c.Flags, "--store") {
		args = append(args, "--readonly-mode")
	}
	args = append(args, filepath.Base(c.Path))
	cmd := exec.CommandContext(ctx, command[0], args...)
	cmd.Dir = filepath.Join(evalRoot, dir)
	cmd.Env = append(os.Environ(),
		"PWD="+cmd.Dir,
		"HOME=/home/alice", "XDG_CACHE_HOME="+t.TempDir(),
		"NIX_REMOTE=dummy://", // no store is needed
		"NIX_PATH=",
		// nor the settings of the user or the machine
		"NIX_CONF_DIR=/no/such/folder", "NIX_USER_CONF_FILES=", "NIX_CONFIG=",
	)
	cmd.WaitDelay = time.Second
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	_ = cmd.Run() // the exit code tells more
	require.NoError(t, ctx.Err(), "%s took too long", c.Name)
	require.NotNil(t, cmd.ProcessState, "cannot run %q", command)
	return out.String(), aboutTheMachine.ReplaceAllString(errs.String(), ""), cmd.ProcessState.ExitCode()
}
