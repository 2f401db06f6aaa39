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
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// evalDir is where the reference finds the cases, so that the paths in its
// output are the same on every machine.
const evalDir = "/pwd/lang"

// TestRecordEval asks C++ Nix 2.34.8 what the eval cases of lang/ give, with
//
//	nix-instantiate --readonly-mode --eval --strict --show-trace FLAGS FILE
//
// in /pwd/lang, and compares
//
//	eval-okay-NAME.exp       with its standard output
//	eval-fail-NAME.err.exp   with its standard error: what was traced, the
//	                         frames and the message
//
// With -update it rewrites them. It makes /pwd/lang, a copy of lang/, and
// removes it, so it must be allowed to write there:
//
//	FIRN_ORACLE=nix-instantiate go test ./corpus -run RecordEval -update
func TestRecordEval(t *testing.T) {
	command := strings.Fields(os.Getenv("FIRN_ORACLE"))
	if len(command) == 0 {
		t.Skip("needs the reference: FIRN_ORACLE=nix-instantiate go test ./corpus -run RecordEval")
	}
	copyToEvalDir(t)
	Run(t, "lang", "eval-okay-", func(t *testing.T, c Case) {
		t.Parallel()
		stdout, stderr, code := referenceEval(t, command, c)
		require.Zero(t, code, stderr)
		c.Golden(t, ".exp", stdout)
	})
	Run(t, "lang", "eval-fail-", func(t *testing.T, c Case) {
		t.Parallel()
		stdout, stderr, code := referenceEval(t, command, c)
		require.Equal(t, 1, code, stdout+stderr)
		c.Golden(t, ".err.exp", stderr)
	})
}

// copyToEvalDir fails if the folder exists: it could be somebody's.
func copyToEvalDir(t *testing.T) {
	t.Helper()
	parent := filepath.Dir(evalDir)
	if err := os.Mkdir(parent, 0o777); err == nil {
		t.Cleanup(func() { os.Remove(parent) })
	}
	require.NoError(t, os.Mkdir(evalDir, 0o777))
	t.Cleanup(func() { os.RemoveAll(evalDir) })
	require.NoError(t, os.CopyFS(evalDir, os.DirFS("lang")))
}

// aboutTheMachine are warnings that say nothing about the program.
var aboutTheMachine = regexp.MustCompile(`(?m)^warning: .*nixbld.*\n`)

func referenceEval(t *testing.T, command []string, c Case) (stdout, stderr string, code int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	args := append(command[1:len(command):len(command)], "--readonly-mode", "--eval", "--strict", "--show-trace")
	args = append(append(args, c.Flags...), filepath.Base(c.Path))
	cmd := exec.CommandContext(ctx, command[0], args...)
	cmd.Dir = evalDir
	cmd.Env = append(os.Environ(),
		"PWD="+evalDir,
		"HOME=/home/alice",
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
