package build

// This file defines the program that is run after each build.

import (
	"bytes"
	"context"
	"fmt"
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
	if err != nil {
		return fmt.Errorf("program '%s' failed: %w", b.PostHook, err)
	}
	return nil
}
