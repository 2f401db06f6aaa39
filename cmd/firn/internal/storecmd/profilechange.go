package storecmd

// This file defines the commands that change a profile.

import (
	"context"
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/firn-lang/firn/builtins/flake/flakeref"
	"github.com/firn-lang/firn/builtins/profile"
	"github.com/firn-lang/firn/builtins/text/regex"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
)

// ProfileAdd adds packages to a profile.
type ProfileAdd struct {
	installables
	profileFlag
	Priority *int `placeholder:"N" help:"Of two packages with the same file, that with the lower number wins. Default: 5."`
}

// Run adds the packages.
func (c *ProfileAdd) Run(ctx context.Context, e *Env) error {
	s, err := e.Store(ctx)
	if err != nil {
		return err
	}
	if _, err := c.profileFlag.open(ctx, e); err != nil { // before anything is built
		return err
	}
	targets, err := c.targets(ctx, e, s)
	if err != nil {
		return err
	}
	made, err := e.resolve(ctx, s, targets, true)
	if err != nil {
		return err
	}
	return e.changeProfile(ctx, s, &c.profileFlag, func(m *openProfile) (bool, error) {
		c.add(e, m, made)
		return true, nil
	})
}

// add adds what was made to the packages of a profile.
func (c *ProfileAdd) add(e *Env, m *openProfile, made []realised) {
	for i := 0; i < len(made); {
		element := &profile.Element{Active: true, Priority: profile.DefaultPriority}
		if c.Priority != nil {
			element.Priority = *c.Priority
		}
		word := made[i].word
		element.Source = made[i].source
		for ; i < len(made) && made[i].word == word; i++ {
			element.StorePaths = append(element.StorePaths, made[i].list()...)
		}
		slices.Sort(element.StorePaths)
		element.StorePaths = slices.Compact(element.StorePaths)
		name := packageName(element)
		if old := m.Elements[name]; old != nil && old.Priority == element.Priority && sameOutput(old.Source, element.Source) {
			e.Log.Warn("'" + name + "' is already added")
			continue
		}
		m.Add(name, element)
	}
}

// sameOutput reports whether two packages come from the same output of the same flake.
func sameOutput(a, b *profile.Source) bool {
	return a != nil && b != nil && a.OriginalURL == b.OriginalURL && a.AttrPath == b.AttrPath
}

// packageName returns the name that a package gets in a profile: that of the flake's output, or of its
// repository.
func packageName(element *profile.Element) string {
	if element.Source == nil {
		return element.Identifier()
	}
	u, err := flakeref.ParseURL(element.Source.String(), true, nil)
	if err != nil {
		return element.Identifier()
	}
	if dir := u.Query["dir"]; dir != "" {
		return dir
	}
	if m := urlAttribute.FindStringSubmatch(u.Fragment); m != nil && m[1] != "defaultPackage." && m[2] != "default" {
		return m[2]
	}
	name := urlEnd
	switch u.Scheme {
	case "github", "gitlab", "sourcehut":
		name = urlSecond
	}
	if m := name.FindStringSubmatch(strings.Join(u.Path, "/")); m != nil {
		return m[1]
	}
	return element.Identifier()
}

// The parts of the URL of a source that a package can be named after.
var (
	urlAttribute = regexp.MustCompile(`^((?:[a-zA-Z0-9_-]+\.)*)([a-zA-Z0-9_-]+)(\^.*)?$`)
	urlEnd       = regexp.MustCompile(`^.*/([a-zA-Z0-9_-]+)$`)
	urlSecond    = regexp.MustCompile(`^[a-zA-Z0-9_-]+/([a-zA-Z0-9_-]+)(/.*)?$`)
)

// matchers say which packages of a profile a command means.
type matchers struct {
	Elements []string `arg:"" optional:"" help:"Names of packages, or store paths."`
	All      bool     `help:"All packages."`
	Regex    []string `sep:"none" placeholder:"PATTERN" help:"Packages of which the whole name matches, whatever the case of letters."`
}

// A matcher says which packages an operand means.
type matcher struct {
	title   string
	matches func(name string, element *profile.Element) (bool, error)
}

// list returns the matchers of the command line.
func (m *matchers) list(e *Env) ([]matcher, error) {
	var out []matcher
	for _, pattern := range m.Regex {
		re, err := regex.Compile(strings.ToLower(pattern), nil)
		if err != nil {
			return nil, err
		}
		out = append(out, matcher{"Regex '" + pattern + "'", func(_ string, element *profile.Element) (bool, error) {
			_, ok, err := re.Match(strings.ToLower(element.Identifier()), nil, nil)
			return ok, err
		}})
	}
	for _, word := range m.Elements {
		if _, err := strconv.ParseUint(word, 10, 64); err == nil {
			return nil, dropin.Failure("'"+e.Name+" profile' no longer supports indices ('%s')", word)
		}
		if path.IsAbs(word) && path.Dir(word) == e.StoreDir(e.Set) {
			out = append(out, matcher{"Store path '" + path.Base(word) + "'", func(_ string, element *profile.Element) (bool, error) {
				return slices.Contains(element.StorePaths, word), nil
			}})
			continue
		}
		out = append(out, matcher{"Package name '" + word + "'", func(name string, _ *profile.Element) (bool, error) { return name == word, nil }})
	}
	switch {
	case m.All && len(out) > 0:
		return nil, dropin.Usage("--all cannot be used with package names or regular expressions.")
	case m.All:
		out = append(out, matcher{"--all", func(string, *profile.Element) (bool, error) { return true, nil }})
	case len(out) == 0:
		return nil, dropin.Usage("No packages specified.")
	}
	return out, nil
}

// find returns the names of the packages that are meant, sorted, and warns of operands that mean
// none.
func (m *matchers) find(e *Env, in *profile.Manifest) ([]string, error) {
	list, err := m.list(e)
	if err != nil {
		return nil, err
	}
	if len(in.Elements) == 0 {
		e.Log.Warn("There are no packages in the profile.")
		return nil, nil
	}
	var found []string
	for _, one := range list {
		before := len(found)
		for _, name := range in.Names() {
			ok, err := one.matches(name, in.Elements[name])
			if err != nil {
				return nil, err
			}
			if ok {
				found = append(found, name)
			}
		}
		if len(found) == before {
			e.Log.Warn(one.title + " does not match any packages in the profile.")
		}
	}
	slices.Sort(found)
	return slices.Compact(found), nil
}

// ProfileRemove removes packages from a profile.
type ProfileRemove struct {
	matchers
	profileFlag
}

// Run removes the packages.
func (c *ProfileRemove) Run(ctx context.Context, e *Env) error {
	s, err := e.Store(ctx)
	if err != nil {
		return err
	}
	said := false
	return e.changeProfile(ctx, s, &c.profileFlag, func(m *openProfile) (bool, error) {
		names, err := c.find(e, m.Manifest)
		if err != nil {
			return false, err
		}
		if len(names) == 0 {
			e.Log.Warn("No packages to remove. Use '" + e.Name + " profile list' to see the current profile.")
			return false, nil
		}
		for _, name := range names {
			if !said {
				e.Log.Say(dropin.Notice, "removing '"+m.Elements[name].Identifier()+"'")
			}
			delete(m.Elements, name)
		}
		if !said {
			e.Log.Say(dropin.Info, fmt.Sprintf("removed %d packages, kept %d packages", len(names), len(m.Elements)))
		}
		said = true
		return true, nil
	})
}

// ProfileUpgrade upgrades packages that come from flakes.
type ProfileUpgrade struct {
	matchers
	profileFlag
	DryRun bool `help:"Only say what would be upgraded."`
	EvalFlags
	LockFlags
}

// Run looks for packages that can be upgraded.
func (c *ProfileUpgrade) Run(ctx context.Context, e *Env) error {
	m, err := e.readManifest(ctx, c.path(e))
	if err != nil {
		return err
	}
	names, err := c.find(e, m)
	if err != nil {
		return err
	}
	if len(names) == 0 {
		e.Log.Warn("No packages to upgrade. Use '" + e.Name + " profile list' to see the current profile.")
		return nil
	}
	newer, some, err := c.newer(ctx, e, m, names)
	if err != nil {
		return err
	}
	if !some {
		e.Log.Warn("Found some packages but none of them could be upgraded.")
		return nil
	}
	if c.DryRun || len(newer) == 0 {
		return nil
	}
	s, err := e.Store(ctx)
	if err != nil {
		return err
	}
	elements := slices.Sorted(maps.Keys(newer))
	var targets []target
	for _, name := range elements {
		targets = append(targets, newer[name])
	}
	made, err := e.resolve(ctx, s, targets, true)
	if err != nil {
		return err
	}
	return e.changeProfile(ctx, s, &c.profileFlag, func(m *openProfile) (bool, error) {
		for i, name := range elements {
			if old := m.Elements[name]; old != nil && sameOutput(old.Source, made[i].source) {
				paths := made[i].list()
				slices.Sort(paths)
				old.Source, old.StorePaths = made[i].source, slices.Compact(paths)
			}
		}
		return true, nil
	})
}

// newer evaluates the outputs of flakes that packages come from, and returns those of which the flake
// has changed. some reports whether any package comes from a flake that can change.
func (c *ProfileUpgrade) newer(ctx context.Context, e *Env, m *profile.Manifest, names []string) (found map[string]target, some bool, err error) {
	found = map[string]target{}
	flakes := (&installables{exprFlags: exprFlags{EvalFlags: c.EvalFlags, LockFlags: c.LockFlags}}).flakeResults(e)
	for _, name := range names {
		element := m.Elements[name]
		source := element.Source
		if source == nil {
			e.Log.Warn(fmt.Sprintf("Found package '%s', but it was not added from a flake, so it can't be checked for upgrades!", element.Identifier()))
			continue
		}
		ref, err := (&flakeref.Parser{}).Parse(source.OriginalURL)
		if err != nil {
			return nil, false, err
		}
		if ref.IsLocked() {
			e.Log.Warn(fmt.Sprintf("Found package '%s', but it was added from a locked flake reference so it can't be upgraded!", element.Identifier()))
			continue
		}
		some = true
		e.Log.Say(dropin.Chatty, "checking '"+source.AttrPath+"' for updates")
		word := source.OriginalURL + "#." + source.AttrPath
		if source.Outputs != nil {
			word += "^" + strings.Join(source.Outputs, ",")
		}
		results, err := flakes(ctx, word)
		if err != nil {
			return nil, false, err
		}
		if len(results) == 0 || results[0].source == nil {
			continue
		}
		next := *results[0].source
		if now, err := (&flakeref.Parser{}).Parse(next.URL); err == nil && now.IsLocked() && next.URL == source.URL {
			continue
		}
		e.Log.Say(dropin.Info, fmt.Sprintf("upgrading '%s' from flake '%s' to '%s'", source.AttrPath, source.URL, next.URL))
		next.OriginalURL, next.Outputs = source.OriginalURL, source.Outputs
		t := results[0]
		t.source = &next
		found[name] = t
	}
	return found, some, nil
}

// ProfileRollback switches to another generation.
type ProfileRollback struct {
	profileFlag
	To     *uint32 `placeholder:"N" help:"The generation. Default: the one before the current one."`
	DryRun bool    `help:"Only say what would be done."`
}

// Run switches.
func (c *ProfileRollback) Run(ctx context.Context, e *Env) error {
	change := e.ProfileChange(c.path(e), c.DryRun)
	if c.To != nil {
		return change.SwitchTo(ctx, int(*c.To))
	}
	return change.Rollback(ctx)
}

// ProfileSwitch switches to a generation.
type ProfileSwitch struct {
	Generation int `arg:"" help:"The number of the generation."`
	profileFlag
	DryRun bool `help:"Only say what would be done."`
}

// Run switches.
func (c *ProfileSwitch) Run(ctx context.Context, e *Env) error {
	return e.ProfileChange(c.path(e), c.DryRun).SwitchTo(ctx, c.Generation)
}

// ProfileWipeHistory deletes generations.
type ProfileWipeHistory struct {
	profileFlag
	OlderThan string `placeholder:"AGE" help:"Only those that were replaced that long ago, such as 14d."`
	DryRun    bool   `help:"Only say what would be deleted."`
}

// Run deletes them.
func (c *ProfileWipeHistory) Run(ctx context.Context, e *Env) error {
	choose := profile.Old
	if c.OlderThan != "" {
		age, err := profile.ParseDays(c.OlderThan)
		if err != nil {
			return dropin.Usage("%s", err)
		}
		before := time.Now().Add(-age)
		choose = func(list []profile.Generation, current int) []profile.Generation {
			return profile.OlderThan(list, current, before)
		}
	}
	return e.ProfileChange(c.path(e), c.DryRun).Delete(ctx, choose)
}
