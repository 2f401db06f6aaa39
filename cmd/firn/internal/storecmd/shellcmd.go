package storecmd

// This file defines the command shell: a shell in which programs of packages are found.

import (
	"cmp"
	"context"
	"os"
	"path"
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/eval/world"
)

// EnvGroup are the commands about the environment of processes.
type EnvGroup struct {
	Shell Shell `cmd:"" help:"Start a shell in which programs of packages are found."`
}

// Shell starts a shell in which programs of packages are found.
type Shell struct {
	Packages
	EnvironmentFlags
	Command []string `short:"c" sep:"none" placeholder:"COMMAND..." help:"Run this command in place of the shell of the user; all that follows belongs to it."`
}

// Run builds the packages, and makes the process the shell.
func (c *Shell) Run(ctx context.Context, e *Env) error {
	s, err := e.Store(ctx)
	if err != nil {
		return err
	}
	command := c.Command
	if len(command) == 0 {
		command = []string{cmp.Or(e.Getenv("SHELL"), "bash")}
	}
	results, err := c.targets(ctx, e, s)
	if err != nil {
		return err
	}
	paths, err := e.OutPaths(ctx, s, results)
	if err != nil {
		return err
	}
	env, err := c.Environment(os.Environ())
	if err != nil {
		return err
	}
	folders, err := programFolders(ctx, s, paths)
	if err != nil {
		return err
	}
	if old := env["PATH"]; old != "" {
		folders = append(folders, old)
	}
	env["PATH"] = strings.Join(folders, ":")
	return e.Execute(s, command[0], command, EnvironmentList(env))
}

// maxNames is how long a file with names of packages may be, in bytes.
const maxNames = 1 << 20

// programFolders returns the folders that have the programs of packages, and of the packages that
// those want to be installed with.
func programFolders(ctx context.Context, s store.Store, paths []string) ([]string, error) {
	host := s.Files()
	if host == nil {
		return nil, dropin.Failure("the files of the store cannot be read")
	}
	links := world.NewLinks(host)
	var folders []string
	done := map[string]bool{}
	for todo := slices.Clone(paths); len(todo) > 0; {
		p := todo[0]
		todo = todo[1:]
		if done[p] {
			continue
		}
		done[p] = true
		bin, err := links.Resolve(ctx, nil, path.Join(p, "bin"), false)
		if err != nil {
			return nil, err
		}
		if !s.Dir().Contains(bin) {
			return nil, dropin.Failure("path '%s' is not in the Nix store", bin)
		}
		folders = append(folders, bin)
		also, err := links.Resolve(ctx, nil, path.Join(p, "nix-support/propagated-user-env-packages"), false)
		if err != nil {
			return nil, err
		}
		if info, err := host.Lstat(ctx, also); err != nil || info.Type != world.Regular {
			continue // most packages have no such file
		}
		text, err := world.ReadFile(ctx, host, also, maxNames)
		if err != nil {
			return nil, err
		}
		for _, word := range strings.Fields(string(text)) {
			if _, err := s.Dir().Parse(word); err != nil {
				return nil, err
			}
			todo = append(todo, word)
		}
	}
	return folders, nil
}
