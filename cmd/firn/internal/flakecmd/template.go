package flakecmd

// This file defines flake init and new, which copy templates.

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/cmd/firn/internal/storecmd"
	"github.com/firn-lang/firn/eval"
	"github.com/firn-lang/firn/eval/world"
)

// templateFlags say what is copied.
type templateFlags struct {
	Template string `short:"t" default:"templates" placeholder:"FLAKE#NAME" help:"The template. Default: the first one of the flake that is called templates."`
	evalFlags
}

// Init is flake init.
type Init struct{ templateFlags }

// Run copies a template into the current folder.
func (c *Init) Run(ctx context.Context, e *storecmd.Env) error { return c.copyTo(ctx, e, ".") }

// New is flake new.
type New struct {
	Dest string `arg:"" name:"dest-dir" help:"The folder, which is made."`
	templateFlags
}

// Run copies a template into a folder.
func (c *New) Run(ctx context.Context, e *storecmd.Env) error { return c.copyTo(ctx, e, c.Dest) }

// copyTo copies the template into a folder.
func (c *templateFlags) copyTo(ctx context.Context, e *storecmd.Env, dest string) error {
	s, err := newSession(ctx, e, &c.evalFlags, &lockFlags{})
	if err != nil {
		return err
	}
	t := &templateCopy{session: s}
	return s.ev.Run(ctx, func(ctx context.Context) error {
		found, err := s.output(ctx, c.Template, readingOnly(), []string{"templates."}, []string{"templates.default", "defaultTemplate"})
		if err != nil {
			return err
		}
		dir, ok := found.Attr("path")
		if !ok {
			return dropin.Failure("attribute 'path' of the template does not exist")
		}
		from, err := s.pathOf(ctx, dir)
		if err != nil {
			return err
		}
		to := path.Clean(e.Absolute(dest))
		if err := t.dir(ctx, from, to); err != nil {
			return err
		}
		if err := t.track(to); err != nil {
			return err
		}
		if text, ok := found.Attr("welcomeText"); ok {
			if text, err = text.Force(ctx); err != nil {
				return err
			}
			words, _ := text.Text()
			e.Log.Say(dropin.Notice, "\n")
			e.Log.Say(dropin.Notice, words)
		}
		if t.conflicts > 0 {
			return dropin.Failure("encountered %d conflicts - see above", t.conflicts)
		}
		return nil
	})
}

// pathOf returns the path that a value is: a path, or a string with one.
func (s *session) pathOf(ctx context.Context, v eval.Value) (string, error) {
	v, err := v.Force(ctx)
	if err != nil {
		return "", err
	}
	if v.Kind() == eval.KindAttrs {
		if v, err = v.Select(ctx, "outPath"); err != nil {
			return "", err
		}
		if v, err = v.Force(ctx); err != nil {
			return "", err
		}
	}
	text, ok := v.Text()
	if !ok || !path.IsAbs(text) {
		return "", dropin.Failure("expected a path but found %s", v.Describe())
	}
	return world.NewLinks(s.ev.Files()).Resolve(ctx, nil, path.Clean(text), false)
}

// A templateCopy is a copy of a template under way.
type templateCopy struct {
	*session
	written   []string // files and folders
	conflicts int      // files that are there, with other contents
}

// dir copies a folder, and what is in it.
func (t *templateCopy) dir(ctx context.Context, from, to string) error {
	files := t.ev.Files()
	entries, err := files.ReadDir(ctx, from)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.FromSlash(to), 0o777); err != nil {
		return storecmd.FileError(err)
	}
	slices.SortFunc(entries, func(a, b world.DirEntry) int {
		if a.Name < b.Name {
			return -1
		}
		return 1
	})
	for _, e := range entries {
		if err := ctx.Err(); err != nil {
			return err
		}
		from, to := path.Join(from, e.Name), path.Join(to, e.Name)
		info, err := files.Lstat(ctx, from)
		if err != nil {
			return err
		}
		switch info.Type {
		case world.Directory:
			if err = t.dir(ctx, from, to); err == nil {
				t.wrote(to)
			}
		case world.Regular:
			err = t.file(ctx, from, to)
		case world.Symlink:
			err = t.link(ctx, from, to)
		default:
			err = dropin.Failure("path '%s' needs to be a symlink, file, or directory", from)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// file copies a file.
func (t *templateCopy) file(ctx context.Context, from, to string) error {
	text, err := world.ReadFile(ctx, t.ev.Files(), from, world.NoLimit)
	if err != nil {
		return err
	}
	// What is there must not be followed, if it is a link.
	if info, err := os.Lstat(filepath.FromSlash(to)); err == nil {
		old, err := os.ReadFile(filepath.FromSlash(to))
		t.compare(from, to, info.Mode().IsRegular() && err == nil && string(old) == string(text))
		return nil
	}
	f, err := os.OpenFile(filepath.FromSlash(to), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return storecmd.FileError(err)
	}
	_, err = f.Write(text)
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err == nil {
		t.wrote(to)
	}
	return err
}

// link copies a symbolic link.
func (t *templateCopy) link(ctx context.Context, from, to string) error {
	target, err := t.ev.Files().ReadLink(ctx, from)
	if err != nil {
		return err
	}
	if info, err := os.Lstat(filepath.FromSlash(to)); err == nil {
		old, err := os.Readlink(filepath.FromSlash(to))
		t.compare(from, to, info.Mode()&fs.ModeSymlink != 0 && err == nil && filepath.ToSlash(old) == target)
		return nil
	}
	if err := os.Symlink(filepath.FromSlash(target), filepath.FromSlash(to)); err != nil {
		return storecmd.FileError(err)
	}
	t.wrote(to)
	return nil
}

// compare says what becomes of a file that is there already.
func (t *templateCopy) compare(from, to string, same bool) {
	if same {
		t.Log.Say(dropin.Notice, "skipping identical file: "+from)
		return
	}
	t.conflicts++
	t.Log.Say(dropin.Error, fmt.Sprintf("refusing to overwrite existing file %q\n please merge it manually with '%s'", to, from))
}

// wrote takes note of a file.
func (t *templateCopy) wrote(to string) {
	t.written = append(t.written, to)
	t.Log.Say(dropin.Notice, fmt.Sprintf("wrote: %q", to))
}

// track makes Git track what was written, if the folder is a repository of Git.
func (t *templateCopy) track(dir string) error {
	if _, err := os.Lstat(filepath.Join(filepath.FromSlash(dir), ".git")); err != nil || len(t.written) == 0 {
		return nil
	}
	args := []string{"add", "--intent-to-add", "--force", "--"}
	for _, name := range t.written {
		args = append(args, filepath.FromSlash(name))
	}
	_, err := git(dir, args...)
	return err
}
