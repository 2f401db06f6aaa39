package git

// This file defines how the git program is run.

import (
	"context"
	"os"
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/fetch/program"
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

// git runs git in dir, and returns what it writes. args begin with the command; names that come from
// elsewhere must stand behind "--". Git does not ask for passwords on the terminal.
func (s *Scheme) git(ctx context.Context, dir string, args ...string) (string, error) {
	command := args[0]
	for i, a := range args {
		if !strings.HasPrefix(a, "-") && (i == 0 || args[i-1] != "-C" && args[i-1] != "-c" && args[i-1] != "--git-dir") {
			command = a
			break
		}
	}
	return program.Output(ctx, program.Command{
		Path: s.opt.Program, Args: slices.Concat(ownSettings, args), Dir: dir, Environ: s.environ(),
		What: "Git repositories", Name: "git " + command,
	})
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
