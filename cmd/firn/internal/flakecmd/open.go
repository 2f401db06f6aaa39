package flakecmd

// This file defines how commands open flakes, and write their lock files.

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"

	"github.com/firn-lang/firn/builtins/flake/flakeref"
	"github.com/firn-lang/firn/builtins/flake/lock"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/cmd/firn/internal/setup"
	"github.com/firn-lang/firn/cmd/firn/internal/storecmd"
	"github.com/firn-lang/firn/eval"
	"github.com/firn-lang/firn/eval/ansi"
	"github.com/firn-lang/firn/lang"
)

// lockFlags say how a lock is computed, and what becomes of it.
type lockFlags struct {
	storecmd.LockFlags

	always bool // the command is there to write the lock file, also with overrides
	update bool // it is there to look inputs up again
	strict bool // it fails if the lock file cannot be written, since an input is not locked
	dedupe bool // inputs that are written alike are locked to one tree
	lazy   bool // what costs a look at all files of the flake is left out until it is needed
	config bool // settings that the flake asks for are applied, if they are trusted

	updates []string // like UpdateInput, but of the command itself
}

// flakeArgs returns the arguments for the outputs of flakes. A name that no function could take, and
// that of the flake itself, are errors.
func (s *session) flakeArgs(ctx context.Context, f *lockFlags) (map[string]any, error) {
	const flag = "--override-flake-arg"
	var out []setup.Arg
	for _, text := range f.OverrideFlakeArg {
		name, value, _ := strings.Cut(text, "=")
		switch {
		case name == "self":
			return nil, dropin.Usage("%s cannot replace 'self', which is the flake", flag)
		case !lang.IsIdentifier(name):
			return nil, dropin.Usage("%s needs the name of an argument, which '%s' cannot be", flag, name)
		}
		out = append(out, setup.Arg{Name: name, Value: value, Flag: flag})
	}
	return setup.Arguments(ctx, s.ev, s.Streams, out)
}

// readingOnly returns the flags with which no lock file is written.
func readingOnly() *lockFlags {
	return &lockFlags{LockFlags: storecmd.LockFlags{NoWriteLockFile: true}}
}

// warn tells of flags that are old names.
func (f *lockFlags) warn(e *storecmd.Env) {
	if f.RecreateLockFile && !f.update {
		e.Log.Warn("'--recreate-lock-file' is deprecated and will be removed in a future version; use 'nix flake update' instead.")
	}
	if f.NoRegistries {
		e.Log.Warn("'--no-registries' is deprecated; use '--no-use-registries'")
	}
	for range f.UpdateInput {
		e.Log.Warn("'--update-input' is a deprecated alias for 'flake update' and will be removed in a future version.")
	}
}

// open opens the flake that a reference means, and writes its lock file, as the flags say.
func (s *session) open(ctx context.Context, ref *flakeref.Ref, f *lockFlags) (*eval.Flake, error) {
	if s.Name == "nix" {
		if err := s.Set.RequireFeature("flakes"); err != nil {
			return nil, err
		}
	}
	opt := eval.FlakeOptions{
		Recreate: f.RecreateLockFile, Host: s.Host,
		AllowDirtyLocks: f.AllowDirtyLocks || s.Set.Bool("allow-dirty-locks"),
		NoRegistries:    s.noRegistries(f),
		Deferred:        f.lazy,
		Dedupe:          f.dedupe,
	}
	if len(f.OverrideFlakeArg) > 0 {
		var err error
		if opt.Args, err = s.flakeArgs(ctx, f); err != nil {
			return nil, err
		}
	}
	f.warn(s.Env)
	for _, text := range f.OverrideInput {
		name, url, _ := strings.Cut(text, "=")
		p, err := lock.ParsePath(name)
		if err != nil {
			return nil, dropin.Usage("%s", err)
		}
		if len(p) == 0 {
			return nil, dropin.Usage("--override-input was passed a zero-length input path, which would refer to the flake itself, not an input")
		}
		r, fragment, err := parseRef(ctx, s.Env, url)
		if err == nil && fragment != "" {
			err = failf("flake-reference", "unexpected fragment '%s' in flake reference '%s'", fragment, url)
		}
		if err != nil {
			return nil, err
		}
		opt.Overrides = append(opt.Overrides, lock.Override{Path: p, Ref: r})
	}
	for _, text := range append(f.UpdateInput[:len(f.UpdateInput):len(f.UpdateInput)], f.updates...) {
		p, err := lock.ParsePath(text)
		if err == nil && len(p) == 0 {
			err = dropin.Failure("input path to be updated cannot be zero-length; it would refer to the flake itself, not an input")
		}
		if err != nil {
			if f.update {
				s.Log.Warn(fmt.Sprintf("Invalid flake input '%s'. To update a specific flake, use 'nix flake update --flake %s' instead.", text, text))
			}
			return nil, err
		}
		opt.Updates = append(opt.Updates, p)
	}
	if f.ReferenceLockFile != "" {
		g, err := s.readLock(f.ReferenceLockFile)
		if err != nil {
			return nil, err
		}
		opt.Lock = g
	}
	flake, err := s.ev.OpenFlake(ctx, ref, opt)
	if err != nil {
		return nil, err
	}
	if f.config && s.make != nil {
		again, err := s.applyConfig(ctx, flake)
		if err == nil && again {
			if err = s.make(); err == nil && len(f.OverrideFlakeArg) > 0 {
				opt.Args, err = s.flakeArgs(ctx, f)
			}
			if err == nil {
				flake, err = s.ev.OpenFlake(ctx, ref, opt)
			}
		}
		if err != nil {
			return nil, err
		}
	}
	s.tellRefetched(flake)
	return flake, s.keepLock(flake, f, opt.AllowDirtyLocks)
}

// tellRefetched says, at the level of debugging, which new inputs were fetched a second time:
// their flakes ask for submodules or large files by inputs.self.
func (s *session) tellRefetched(flake *eval.Flake) {
	for _, c := range lock.Changes(flake.OldLock, flake.Lock) {
		if c.New == nil || c.New.Node == nil {
			continue
		}
		for _, name := range []string{"submodules", "lfs"} {
			n := c.New.Node
			if n.Locked.Attrs[name] == true && n.Original.Attrs[name] == nil {
				s.Log.Say(dropin.Debug, fmt.Sprintf("refetching input '%s' due to self attribute", lock.URL(parserOf(s.Env), n.Locked)))
			}
		}
	}
}

// readLock reads a lock file of the command line; one that is not there is empty.
func (s *session) readLock(name string) (*lock.Graph, error) {
	text, err := os.ReadFile(filepath.FromSlash(s.Absolute(name)))
	if os.IsNotExist(err) {
		return lock.New(), nil
	}
	if err != nil {
		return nil, err
	}
	r := lock.Reader{Parser: parserOf(s.Env), Warn: func(format string, args ...any) { s.Log.Warn(fmt.Sprintf(format, args...)) }}
	return r.Parse(name, string(text))
}

// keepLock writes the lock of a flake if it changed, or says why not. The flake stays what it was
// without the lock file, as with the reference.
func (s *session) keepLock(flake *eval.Flake, f *lockFlags, allowDirty bool) error {
	if !flake.Changed() && f.OutputLockFile == "" {
		return nil
	}
	url := lock.URL(parserOf(s.Env), flake.Ref)
	report := lock.Report(flake.OldLock, flake.Lock, parserOf(s.Env), lock.Style{
		Added: ansi.Green, Removed: ansi.Red, Updated: ansi.Bold, End: ansi.Normal,
	})
	if f.NoWriteLockFile || len(f.OverrideInput) > 0 && !f.always {
		s.Log.Warn(fmt.Sprintf("not writing modified lock file of flake '%s':\n%s", url, report))
		flake.HideRevision()
		return nil
	}
	dir, ok := sourceDir(flake.Ref)
	if !ok && f.OutputLockFile == "" {
		return failf("lock-changes", "cannot write modified lock file of flake '%s' (use '--no-write-lock-file' to ignore)", url)
	}
	if r := flake.Lock.Unlocked(allowDirty); r != nil && !f.strict {
		if s.Set.Bool("warn-dirty") {
			s.Log.Warn(fmt.Sprintf("not writing lock file of flake '%s' because it has an unlocked input ('%s')", url, lock.URL(parserOf(s.Env), r)))
		}
		flake.HideRevision()
		return nil
	} else if r != nil {
		return failf("lock-changes", "Not writing lock file of flake '%s' because it has an unlocked input ('%s'). Use '--allow-dirty-locks' to allow this anyway.",
			url, lock.URL(parserOf(s.Env), r))
	}
	if f.NoUpdateLockFile {
		return failf("lock-changes", "flake '%s' requires lock file changes but they're not allowed due to '--no-update-lock-file'", url)
	}
	text, err := flake.Lock.Text()
	if err != nil {
		return err
	}
	if f.OutputLockFile != "" {
		if f.CommitLockFile {
			return dropin.Failure("'--commit-lock-file' and '--output-lock-file' are incompatible")
		}
		return writeWhole(s.Absolute(f.OutputLockFile), text)
	}
	name := path.Join(flake.Dir, "flake.lock")
	file := path.Join(dir, name)
	_, err = os.Lstat(filepath.FromSlash(file))
	isNew := err != nil
	switch {
	case isNew:
		s.Log.Warn(fmt.Sprintf("creating lock file %q: \n%s", file, report))
	case report == "":
		s.Log.Warn(fmt.Sprintf("updating lock file %q", file))
	default:
		s.Log.Warn(fmt.Sprintf("updating lock file %q:\n%s", file, report))
	}
	if err := writeWhole(file, text); err != nil {
		return err
	}
	switch flake.Ref.Type() {
	case "hg":
		return s.addToMercurial(dir, name, f, isNew, report)
	case "path":
		return nil
	}
	if _, err := exec.LookPath("git"); err != nil && !f.CommitLockFile {
		// The lock file is good all the same.
		s.Log.Warn(fmt.Sprintf("there is no program git that would tell the repository of %q; run 'git add -N %s' in it", file, name))
		return nil
	}
	isTracked, err := intendToAdd(dir, name)
	if err != nil || !isTracked || !f.CommitLockFile {
		return err
	}
	return commit(dir, name, s.lockMessage(name, isNew, report))
}

// lockMessage returns the message of the commit of a lock file.
func (s *session) lockMessage(name string, isNew bool, report string) string {
	summary := s.Set.Text("commit-lock-file-summary")
	if summary == "" {
		summary = name + ": " + map[bool]string{true: "Add", false: "Update"}[isNew]
	}
	return summary + "\n\nFlake lock file updates:\n\n" + ansi.Plain(report) + "\n"
}

// sourceDir returns the folder of this machine that a reference means; ok is false for one
// that means something else.
func sourceDir(ref *flakeref.Ref) (dir string, ok bool) {
	switch ref.Type() {
	case "path":
		dir, ok = ref.Attrs["path"].(string)
		return dir, ok
	case "git", "hg":
		url, _ := ref.Attrs["url"].(string)
		u, err := flakeref.ParseURL(url, true, func(string, ...any) {})
		if err != nil || u.Scheme != "file" || ref.Attrs["ref"] != nil || ref.Attrs["rev"] != nil {
			return "", false
		}
		dir, err = u.FilePath()
		return dir, err == nil
	}
	return "", false
}

// maxLinks is how many links may lead to a file that is written.
const maxLinks = 40

// target returns the file that a name leads to, which need not be there.
func target(name string) (string, error) {
	at := filepath.FromSlash(name)
	for range maxLinks {
		to, err := os.Readlink(at)
		if err != nil {
			return filepath.ToSlash(at), nil
		}
		if !filepath.IsAbs(to) {
			to = filepath.Join(filepath.Dir(at), to)
		}
		at = to
	}
	return "", dropin.Failure("too many symbolic links lead to '%s'", name)
}

// writeWhole writes a file, or the one that a link of that name leads to, so that others see the old contents or the new ones. A file
// that is there keeps its permissions, and is not replaced without the right to write to it.
func writeWhole(name, text string) error {
	name, err := target(name)
	if err != nil {
		return err
	}
	name = filepath.FromSlash(name)
	perm := os.FileMode(0o644)
	switch old, err := os.OpenFile(name, os.O_WRONLY, 0); {
	case err == nil:
		if info, err := old.Stat(); err == nil {
			perm = info.Mode().Perm()
		}
		_ = old.Close()
	case !errors.Is(err, fs.ErrNotExist):
		return storecmd.FileError(err)
	}
	f, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+"-*")
	if err != nil {
		return storecmd.FileError(err)
	}
	defer os.Remove(f.Name())
	_, err = f.WriteString(text)
	if err == nil {
		err = f.Chmod(perm)
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return storecmd.FileError(err)
	}
	return os.Rename(f.Name(), name)
}
