package git

// This file defines how the git program is run.

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"
)

// ownSettings are given to each run: no program that a repository names is run, no other program is a
// means of transport, and nothing goes on in the background.
var ownSettings = []string{
	"-c", "core.hooksPath=" + os.DevNull, "-c", "core.fsmonitor=false", "-c", "protocol.ext.allow=never",
	"-c", "gc.auto=0", "-c", "maintenance.auto=false", "-c", "fetch.recurseSubmodules=false", "-c", "fetch.writeCommitGraph=false",
}

// dropped are the variables that would make git work on another repository than it is told.
var dropped = []string{
	"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_INDEX_VERSION", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES",
	"GIT_COMMON_DIR", "GIT_NAMESPACE", "GIT_PREFIX", "GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_ACROSS_FILESYSTEM", "GIT_CONFIG", "GIT_SHALLOW_FILE",
	"GIT_GRAFT_FILE", "GIT_REPLACE_REF_BASE", "GIT_QUARANTINE_PATH", "GIT_TRACE", "GIT_TRACE2", "GIT_EXTERNAL_DIFF", "GIT_DEFAULT_HASH",
}

// A programError is the failure of a run of git.
type programError struct {
	command string // such as "fetch"
	cause   error
	stderr  string // the last lines that it wrote
}

func (e *programError) Error() string {
	if e.stderr == "" {
		return fmt.Sprintf("git %s: %v", e.command, e.cause)
	}
	return fmt.Sprintf("git %s: %s", e.command, e.stderr)
}

func (e *programError) Unwrap() error { return e.cause }

// git runs git in dir, and returns what it writes. args begin with the command; names that come from
// elsewhere must stand behind "--". Git does not ask for passwords on the terminal.
func (s *Scheme) git(ctx context.Context, dir string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, s.opt.Program, slices.Concat(ownSettings, args)...)
	cmd.Dir = dir
	cmd.Env = s.environ()
	cmd.WaitDelay = 5 * time.Second // for programs that git started
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	var stdout strings.Builder
	var stderr lastBytes
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	switch {
	case err == nil:
		return stdout.String(), nil
	case ctx.Err() != nil:
		return "", context.Cause(ctx)
	case errors.Is(err, exec.ErrNotFound):
		return "", fmt.Errorf("fetching Git repositories needs the program '%s': %w", s.opt.Program, err)
	}
	command := args[0]
	for i, a := range args {
		if !strings.HasPrefix(a, "-") && (i == 0 || args[i-1] != "-C" && args[i-1] != "-c" && args[i-1] != "--git-dir") {
			command = a
			break
		}
	}
	return stdout.String(), &programError{command, err, stderr.text()}
}

// environ returns the environment of git.
func (s *Scheme) environ() []string {
	env := s.opt.Environ
	if env == nil {
		env = os.Environ()
	}
	out := []string{}
	for _, e := range env {
		if name, _, _ := strings.Cut(e, "="); !slices.Contains(dropped, name) {
			out = append(out, e)
		}
	}
	return append(out, "GIT_TERMINAL_PROMPT=0", "LC_ALL=C")
}

// lastBytes keeps the last part of what is written to it.
type lastBytes struct{ b []byte }

// Write implements io.Writer.
func (l *lastBytes) Write(p []byte) (int, error) {
	const most = 4 << 10 // bytes
	l.b = append(l.b, p...)
	if len(l.b) > 2*most {
		l.b = slices.Clone(l.b[len(l.b)-most:])
	}
	return len(p), nil
}

// text returns the last lines as a part of a message.
func (l *lastBytes) text() string {
	const most = 10
	lines := strings.Split(strings.TrimSpace(strings.ReplaceAll(string(l.b), "\r", "\n")), "\n")
	return strings.Join(lines[max(0, len(lines)-most):], "\n")
}
