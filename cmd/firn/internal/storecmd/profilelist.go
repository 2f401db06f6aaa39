package storecmd

// This file defines the commands that look at profiles.

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/firn-lang/firn/builtins/profile"
	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/cmd/firn/internal/terminal"
	"github.com/firn-lang/firn/eval/ansi"
)

// ProfileList lists the packages of a profile.
type ProfileList struct {
	profileFlag
	jsonFlags
}

// Run lists them.
func (c *ProfileList) Run(ctx context.Context, e *Env) error {
	m, err := e.readManifest(ctx, c.path(e))
	if err != nil {
		return err
	}
	if c.JSON {
		text, err := m.Text()
		if err != nil {
			return err
		}
		return e.printRaw([]byte(text), c.layoutFlags)
	}
	for i, name := range m.Names() {
		if i > 0 {
			e.Lines("")
		}
		element := m.Elements[name]
		line := "Name:               " + ansi.Paint(ansi.Bold, name)
		if !element.Active {
			line += " " + ansi.Paint(ansi.Red, "(inactive)")
		}
		e.colored(line)
		if s := element.Source; s != nil {
			_, attr, _ := strings.Cut(s.String(), "#")
			e.Lines("Flake attribute:    "+attr, "Original flake URL: "+s.OriginalURL, "Locked flake URL:   "+s.URL)
		}
		e.Lines("Store paths:        " + strings.Join(element.StorePaths, " "))
	}
	return nil
}

// colored writes a line with colours, which firn's own commands print on terminals only. The
// reference has them on anything.
func (e *Env) colored(line string) {
	if e.Name == "firn" && !terminal.Of(e.Out, e.Getenv).Color {
		line = ansi.Plain(line)
	}
	e.Lines(line)
}

// ProfileHistory prints which packages each generation has added and removed.
type ProfileHistory struct {
	profileFlag
}

// Run prints the history.
func (c *ProfileHistory) Run(ctx context.Context, e *Env) error {
	list, current, err := c.generations(e)
	if err != nil {
		return err
	}
	before, since := &profile.Manifest{}, ""
	for i, g := range list {
		if i > 0 {
			e.Lines("")
		}
		m, err := e.readManifest(ctx, g.Path)
		if err != nil {
			return err
		}
		color := ansi.Bold
		if g.Number == current {
			color = ansi.Green
		}
		e.colored(fmt.Sprintf("Version %s (%s)%s:", ansi.Paint(color, fmt.Sprint(g.Number)), g.Created.UTC().Format(time.DateOnly), since))
		e.indented("  ", diffManifests(before, m)...)
		before, since = m, fmt.Sprintf(" <- %d", g.Number)
	}
	return nil
}

// ProfileDiffClosures prints which versions each generation has of what.
type ProfileDiffClosures struct {
	profileFlag
}

// Run compares each generation with the one before.
func (c *ProfileDiffClosures) Run(ctx context.Context, e *Env) error {
	s, err := e.Store(ctx)
	if err != nil {
		return err
	}
	list, _, err := c.generations(e)
	if err != nil {
		return err
	}
	for i := 1; i < len(list); i++ {
		if i > 1 {
			e.Lines("")
		}
		e.Lines(fmt.Sprintf("Version %d -> %d:", list[i-1].Number, list[i].Number))
		lines, err := e.diffGenerations(ctx, s, list[i-1], list[i])
		if err != nil {
			return err
		}
		e.indented("  ", lines...)
	}
	return nil
}

// diffGenerations returns a line for each package in the closures of two generations that has
// changed.
func (e *Env) diffGenerations(ctx context.Context, s store.Store, before, after profile.Generation) ([]string, error) {
	old, err := e.FollowLinks(s, before.Path)
	if err != nil {
		return nil, err
	}
	now, err := e.FollowLinks(s, after.Path)
	if err != nil {
		return nil, err
	}
	return ClosureDiff(ctx, s, old, now)
}

// ProfileDiff prints how two generations differ.
type ProfileDiff struct {
	Before int `arg:"" help:"The number of a generation."`
	After  int `arg:"" help:"The number of another one."`
	profileFlag
}

// Run compares the packages of the generations, and their closures.
func (c *ProfileDiff) Run(ctx context.Context, e *Env) error {
	s, err := e.Store(ctx)
	if err != nil {
		return err
	}
	list, _, err := c.generations(e)
	if err != nil {
		return err
	}
	var both [2]profile.Generation
	var manifests [2]*profile.Manifest
	for i, number := range []int{c.Before, c.After} {
		found := profile.Numbered(list, []int{number})
		if len(found) == 0 {
			return fmt.Errorf("profile version %d does not exist", number)
		}
		both[i] = found[0]
		if manifests[i], err = e.readManifest(ctx, both[i].Path); err != nil {
			return err
		}
	}
	lines, err := e.diffGenerations(ctx, s, both[0], both[1])
	if err != nil {
		return err
	}
	e.Lines("Packages:")
	e.indented("  ", diffManifests(manifests[0], manifests[1])...)
	e.Lines("", "Closures:")
	if len(lines) == 0 {
		lines = []string{"No changes."}
	}
	e.indented("  ", lines...)
	return nil
}

// ProfileGenerations lists the generations of a profile.
type ProfileGenerations struct {
	profileFlag
}

// Run prints a line for each generation: its number, when it was made, and what it leads to.
func (c *ProfileGenerations) Run(ctx context.Context, e *Env) error {
	s, err := e.Store(ctx)
	if err != nil {
		return err
	}
	list, current, err := c.generations(e)
	if err != nil {
		return err
	}
	for _, g := range list {
		p, err := e.FollowLinks(s, g.Path)
		if err != nil {
			return err
		}
		mark := ""
		if g.Number == current {
			mark = "   (current)"
		}
		e.Lines(fmt.Sprintf("%4d   %s   %s%s", g.Number, g.Created.Local().Format(time.DateTime), p, mark))
	}
	return nil
}
