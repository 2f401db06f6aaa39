package build

// This file defines the program that is run after each build.

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os/exec"
	"slices"
	"strings"
)

// postHook runs the program that the setting post-build-hook names. Its output is shown.
func (b *Builder) postHook(ctx context.Context, drvPath string, outputs map[string]string) error {
	if b.PostHook == "" {
		return nil
	}
	paths := map[string]bool{}
	for p := range maps.Values(outputs) {
		paths[p] = true
	}
	c := exec.CommandContext(ctx, b.PostHook)
	c.Env = append(slices.Clone(b.HookEnv), "DRV_PATH="+drvPath, "OUT_PATHS="+strings.Join(sorted(paths), " "))
	out, err := c.CombinedOutput()
	for line := range bytes.Lines(out) {
		b.tell(Event{Kind: Line, Drv: drvPath, Text: strings.TrimSuffix(string(line), "\n")})
	}
	var exit *exec.ExitError
	var path *fs.PathError
	var lookup *exec.Error
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case errors.As(err, &exit):
		return fmt.Errorf("program '%s' %s", b.PostHook, statusText(exit.ProcessState))
	case errors.As(err, &path):
		err = path.Err
	case errors.As(err, &lookup):
		err = lookup.Err
	}
	return fmt.Errorf("the post-build-hook '%s' cannot be run: %w", b.PostHook, err)
}
