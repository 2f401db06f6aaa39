package build

// This file defines builders that are no program but a part of this one.

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/firn-lang/firn/builtins/build/buildenv"
)

// runBuiltin builds a derivation whose builder begins with "builtin:".
func (a *attempt) runBuiltin(ctx context.Context) error {
	name := strings.TrimPrefix(a.d.Builder, "builtin:")
	fn := builtinBuilders[name]
	err := fmt.Errorf("unsupported builtin builder '%s'", name)
	if fn != nil {
		err = fn(ctx, a)
	}
	if err == nil {
		return nil
	}
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	// Lines behind the first one are below the message, as errors are shown.
	text := strings.ReplaceAll(strings.ReplaceAll(err.Error(), "\n", "\n       "), "\n       \n", "\n\n")
	_, _ = fmt.Fprintf(a.log, "error: %s\n", text)
	return &exitError{"failed with exit code 1"}
}

// builtinBuilders are the builders, by their names.
var builtinBuilders = map[string]func(ctx context.Context, a *attempt) error{
	"buildenv": buildEnvironment,
	"fetchurl": fetchURL,
}

// buildEnvironment makes a user environment.
func buildEnvironment(ctx context.Context, a *attempt) error {
	recipe, err := buildenv.ParseRecipe(a.d.LookupEnv)
	if err != nil {
		return err
	}
	return recipe.Build(ctx, a.real("out"), buildenv.Options{
		Files: a.b.Store.Files(),
		Out:   filepath.ToSlash(a.scratch["out"]),
		Warn:  func(text string) { _, _ = fmt.Fprintf(a.log, "warning: %s\n", text) },
	})
}
