package setup

// This file defines the files that command lines name.

import (
	"context"
	"path"
	"strings"

	"github.com/firn-lang/firn/builtins/settings"
	"github.com/firn-lang/firn/eval"
)

// FileArg returns where the expression is that a command line names: a file or folder, <NAME> in
// the search path, an archive at a URL, which is unpacked, or the tree of a flake, as in
// flake:nixpkgs.
func FileArg(ctx context.Context, s *Streams, set *settings.Settings, ev *eval.Evaluator, name string) (string, error) {
	switch {
	case settings.IsPseudoURL(name):
		return ev.Unpacked(ctx, name)
	case strings.HasPrefix(name, "flake:"):
		if err := set.RequireFeature("flakes"); err != nil {
			return "", err
		}
		return ev.Unpacked(ctx, name)
	case len(name) > 2 && name[0] == '<' && name[len(name)-1] == '>':
		return ev.FindFile(ctx, name[1:len(name)-1])
	}
	return path.Clean(s.Absolute(name)), nil
}
