package storecmd

// This file defines what the commands about profiles have in common.

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/build/buildenv"
	"github.com/firn-lang/firn/builtins/profile"
	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/local"
	"github.com/firn-lang/firn/builtins/store/nar"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/cmd/firn/internal/setup"
	"github.com/firn-lang/firn/eval"
	"github.com/firn-lang/firn/eval/world"
)

// Profile are the commands about profiles.
type Profile struct {
	Add          ProfileAdd          `cmd:"" help:"Add packages to a profile."`
	DiffClosures ProfileDiffClosures `cmd:"" help:"Print which versions each generation has of what."`
	History      ProfileHistory      `cmd:"" help:"Print which packages each generation has added and removed."`
	List         ProfileList         `cmd:"" help:"List the packages of a profile."`
	Remove       ProfileRemove       `cmd:"" help:"Remove packages from a profile."`
	Rollback     ProfileRollback     `cmd:"" help:"Switch to the generation before the current one, or to another."`
	Upgrade      ProfileUpgrade      `cmd:"" help:"Upgrade packages that come from flakes."`
	WipeHistory  ProfileWipeHistory  `cmd:"" help:"Delete all generations but the current one, or those that are old."`
}

// ProfileCommands are the commands about profiles that firn has, some of which nix has not.
type ProfileCommands struct {
	Profile
	Diff        ProfileDiff        `cmd:"" help:"Print how two generations differ: packages, and versions of all that they need."`
	Generations ProfileGenerations `cmd:"" help:"List the generations of a profile."`
	Switch      ProfileSwitch      `cmd:"" help:"Switch to a generation."`
}

// profileFlag says which profile a command works on.
type profileFlag struct {
	Profile string `placeholder:"PATH" help:"Work on this profile. Default: that of the user."`
}

// path returns the path of the profile.
func (f *profileFlag) path(e *Env) string {
	if f.Profile == "" {
		return e.Places().Default()
	}
	return path.Clean(e.Absolute(f.Profile))
}

// generations returns the generations of the profile, and the number of the current one.
func (f *profileFlag) generations(e *Env) ([]profile.Generation, int, error) {
	list, current, err := profile.Generations(filepath.FromSlash(f.path(e)))
	var missing *fs.PathError
	if errors.As(err, &missing) {
		err = fmt.Errorf("cannot read directory %q: %s", missing.Path, dropin.Reason(missing.Err))
	}
	return list, current, err
}

// An openProfile is a profile that a command changes.
type openProfile struct {
	*profile.Manifest
	path string
	seen string // what the profile led to when the manifest was read
}

// open reads the manifest of the profile.
func (f *profileFlag) open(ctx context.Context, e *Env) (*openProfile, error) {
	p := &openProfile{path: f.path(e)}
	var err error
	if p.seen, err = profile.Target(filepath.FromSlash(p.path)); err != nil {
		return nil, FileError(err)
	}
	p.Manifest, err = e.readManifest(ctx, p.path)
	return p, err
}

// readManifest returns the manifest of a profile or generation. One of nix-env is read by
// evaluation.
func (e *Env) readManifest(ctx context.Context, profilePath string) (*profile.Manifest, error) {
	file := filepath.Join(filepath.FromSlash(profilePath), "manifest.json")
	text, err := os.ReadFile(file)
	switch {
	case err == nil:
		return profile.ParseManifest(file, text, nil)
	case !errors.Is(err, fs.ErrNotExist):
		return nil, FileError(err)
	}
	if to, err := os.Readlink(filepath.FromSlash(profilePath)); err == nil {
		if _, err := os.Stat(filepath.FromSlash(profilePath)); errors.Is(err, fs.ErrNotExist) {
			return nil, dropin.Failure("profile \"%s\" leads to \"%s\", which is not there", profilePath, to)
		}
	}
	envManifest := filepath.Join(filepath.FromSlash(profilePath), "manifest.nix")
	if _, err := os.Lstat(envManifest); errors.Is(err, fs.ErrNotExist) {
		return &profile.Manifest{}, nil
	}
	old, err := filepath.EvalSymlinks(envManifest) // an error for a link that leads nowhere
	if err != nil {
		return nil, FileError(err)
	}
	return e.readEnvManifest(ctx, filepath.ToSlash(old))
}

// readEnvManifest returns the packages of a manifest.nix.
func (e *Env) readEnvManifest(ctx context.Context, file string) (*profile.Manifest, error) {
	if err := e.Set.Set("pure-eval", "false"); err != nil {
		return nil, err
	}
	opt := setup.Options(e.Streams, e.Set, &setup.Flags{ReadWrite: true})
	opt.Messages = &e.Log
	ev, err := eval.New(opt)
	if err != nil {
		return nil, err
	}
	m := &profile.Manifest{}
	return m, ev.Run(ctx, func(ctx context.Context) error {
		found, err := ManifestPackages(ctx, ev, file)
		if err != nil {
			return err
		}
		for _, p := range found {
			out, err := p.OutPath(ctx)
			if err != nil {
				return err
			}
			element := &profile.Element{StorePaths: []string{out}, Active: true, Priority: profile.DefaultPriority}
			m.Add(element.Identifier(), element)
		}
		return nil
	})
}

// ManifestPackages returns the packages of a manifest.nix. One that cannot be evaluated is an error
// that names the file, since a new generation without it would lose the package.
func ManifestPackages(ctx context.Context, ev *eval.Evaluator, file string) ([]*eval.Package, error) {
	v, err := ev.EvalFile(ctx, file)
	var found []*eval.Package
	if err == nil {
		found, err = v.AllPackages(ctx)
	}
	if failed, ok := errors.AsType[*eval.Error](err); ok {
		err = failed.InFrame("while reading the packages of the profile from '" + file + "'")
	}
	return found, err
}

// writeProfile makes a new generation of a profile, with the packages of its manifest. It is an
// error if another process has changed the profile since it was opened.
func (e *Env) writeProfile(ctx context.Context, s store.Store, m *openProfile) error {
	k := s.Keeper()
	if k == nil {
		return dropin.Failure("'--profile' is not supported for this Nix store")
	}
	var packages []buildenv.Package
	references := []string{}
	for _, name := range m.Names() {
		element := m.Elements[name]
		for _, p := range element.StorePaths {
			packages = append(packages, buildenv.Package{Path: p, Inactive: !element.Active, Priority: element.Priority})
			references = append(references, p)
		}
	}
	slices.Sort(references)
	tree, err := buildenv.Plan(ctx, packages, buildenv.Options{Files: packageFiles(s), Out: m.path, Warn: e.Log.Warn})
	if err != nil {
		return err
	}
	text, err := m.Text()
	if err != nil {
		return err
	}
	tree.AddFile("manifest.json", text)
	var archive bytes.Buffer // of links, and so small
	if err := nar.Write(&archive, tree, "/", nil); err != nil {
		return err
	}
	p, _, err := s.Add(ctx, store.Source{Name: "profile", Method: storepath.NAR, Reader: &archive, References: slices.Compact(references)})
	if err != nil {
		return err
	}
	return e.ProfileChange(m.path, false).Set(ctx, p, &m.seen, k.AddRoot)
}

// changeProfile makes a new generation of a profile, whose packages change has changed. If another
// process changes the profile meanwhile, it begins again with what that has made. change is false if
// there is nothing to do.
func (e *Env) changeProfile(ctx context.Context, s store.Store, f *profileFlag, change func(m *openProfile) (bool, error)) error {
	for {
		m, err := f.open(ctx, e)
		if err != nil {
			return err
		}
		if changed, err := change(m); err != nil || !changed {
			return err
		}
		err = e.writeProfile(ctx, s, m)
		if conflict, ok := errors.AsType[*buildenv.ConflictError](err); ok {
			err = prioritised(e.Name, conflict, m.Manifest)
		}
		if !errors.Is(err, profile.ErrChanged) {
			return err
		}
	}
}

// packageFiles returns the world that has the files of packages: that of the machine, unless the
// store is in another place than its paths say.
func packageFiles(s store.Store) world.Host {
	if l, ok := s.(*local.Store); ok && l.RealDir() != string(l.Dir()) {
		return l.Files()
	}
	return world.OS()
}

// indented writes lines with a margin.
func (e *Env) indented(margin string, lines ...string) {
	for _, line := range lines {
		e.Lines(margin + line)
	}
}

// diffManifests returns a line for each package that one of two manifests lacks, or has with
// other versions.
func diffManifests(before, after *profile.Manifest) []string {
	names := append(before.Names(), after.Names()...)
	slices.Sort(names)
	var lines []string
	for _, name := range slices.Compact(names) {
		old, now := before.Elements[name], after.Elements[name]
		switch {
		case old == nil:
			lines = append(lines, now.Identifier()+": ∅ -> "+versionList(now.Versions()))
		case now == nil:
			lines = append(lines, old.Identifier()+": "+versionList(old.Versions())+" -> ∅")
		case !slices.Equal(old.Versions(), now.Versions()):
			lines = append(lines, old.Identifier()+": "+versionList(old.Versions())+" -> "+versionList(now.Versions()))
		}
	}
	if len(lines) == 0 {
		lines = []string{"No changes."}
	}
	return lines
}

// prioritised returns the error about a file that a new package and an old one have, with what
// the user can do.
func prioritised(program string, conflict *buildenv.ConflictError, m *profile.Manifest) error {
	// find returns the file of the first package in a row of names that has one of the two.
	find := func(names []string) (file, name, installable string) {
		for _, name := range names {
			element := m.Elements[name]
			for _, p := range element.StorePaths {
				for _, file := range []string{conflict.Old, conflict.New} {
					if strings.HasPrefix(file, p) {
						installable := strings.Join(element.StorePaths, " ")
						if element.Source != nil {
							installable = element.Source.String()
						}
						return file, name, installable
					}
				}
			}
		}
		return "", "", ""
	}
	names := m.Names()
	oldFile, oldName, _ := find(names)
	slices.Reverse(names)
	newFile, _, installable := find(names)
	if oldName == "" {
		return conflict
	}
	//lint:ignore ST1005 the reference's words
	return fmt.Errorf(`An existing package already provides the following file:

  "%[1]s"

This is the conflicting file from the new package:

  "%[2]s"

To remove the existing package:

  %[9]s profile remove %[3]s

The new package can also be added next to the existing one by assigning a different priority.
The conflicting packages have a priority of %[4]d.
To prioritise the new package:

  %[9]s profile add %[5]s --priority %[6]d

To prioritise the existing package:

  %[9]s profile add %[7]s --priority %[8]d`, oldFile, newFile, oldName, conflict.Priority, installable, conflict.Priority-1, installable, conflict.Priority+1, program)
}
