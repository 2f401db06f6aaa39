package main

// This file defines firn eval --write-to: values as files and folders. They are
// written beside the place where they belong, and moved there when they are complete.

import (
	"bufio"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/firn-lang/firn/eval"
	"github.com/firn-lang/firn/eval/format"
)

// writeTo writes a value to the file or folder that the command line names, or nothing
// if a part of it failed.
func (r *evalRun) writeTo(ctx context.Context, v eval.Value, attr string) error {
	target := filepath.Clean(r.WriteTo)
	old, err := os.Lstat(target)
	switch {
	case err == nil && old.Mode()&(fs.ModeDevice|fs.ModeNamedPipe|fs.ModeSocket) != 0:
		return fileError("'%s' is a device, a pipe or a socket, which is not replaced; to write into it, redirect the output", r.WriteTo)
	case err == nil && !r.Force && !r.replace:
		return fileError("path '%s' already exists; --force replaces it", r.WriteTo)
	case err == nil && old.IsDir() && r.holdsUser(target):
		return fileError("the folder '%s' holds the current folder or your home, so it is not replaced", r.WriteTo)
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return err
	}
	temp, err := os.MkdirTemp(filepath.Dir(target), ".firn-*")
	if errors.Is(err, fs.ErrNotExist) {
		return fileError("there is no folder '%s' to write to", filepath.Dir(target))
	}
	if err != nil {
		return err
	}
	defer os.RemoveAll(temp)
	made := filepath.Join(temp, "value")
	if r.hasForm() {
		err = r.writeForm(ctx, v, attr, made)
	} else {
		t := treeWriter{r: r, attr: attr}
		err = t.write(ctx, v, made)
	}
	if err != nil || len(r.errs) > 0 {
		return err
	}
	r.written++
	info, err := os.Lstat(made)
	if err != nil || old == nil || !old.IsDir() && !info.IsDir() {
		return errors.Join(err, os.Rename(made, target))
	}
	// A folder neither replaces anything nor is replaced by a rename.
	away := filepath.Join(temp, "old")
	if err := os.Rename(target, away); err != nil {
		return err
	}
	if err := os.Rename(made, target); err != nil {
		return errors.Join(err, os.Rename(away, target))
	}
	return nil
}

// holdsUser reports whether the current folder or the user's home is in a folder, or is it.
func (r *evalRun) holdsUser(folder string) bool {
	folder, err := filepath.Abs(folder)
	if err != nil {
		return true
	}
	if real, err := filepath.EvalSymlinks(folder); err == nil {
		folder = real
	}
	home, _ := os.UserHomeDir()
	current, _ := os.Getwd()
	for _, inner := range []string{home, current} {
		if real, err := filepath.EvalSymlinks(inner); err == nil {
			inner = real
		}
		if rel, err := filepath.Rel(folder, inner); inner != "" && err == nil && filepath.IsLocal(rel) {
			return true
		}
	}
	return false
}

// hasForm reports whether the command line names a form.
func (c *evalCmd) hasForm() bool { return c.To.form != "" || c.JSON || c.Raw || c.XML || c.Pretty }

// writeForm writes v to a file in a form.
func (r *evalRun) writeForm(ctx context.Context, v eval.Value, attr, file string) error {
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(f)
	opt := r.formatOptions(attr)
	opt.Color, opt.Delay = false, -1
	err = r.format(ctx, out, v, opt)
	return errors.Join(err, out.Flush(), f.Close())
}

// A treeWriter writes strings to files, and sets to folders.
type treeWriter struct {
	r    *evalRun
	attr string
	path format.Path
}

// write writes v, which is at w.path of the value, to file.
func (w *treeWriter) write(ctx context.Context, v eval.Value, file string) error {
	return w.failed(w.evaluated(ctx, v, file))
}

// failed says where an error is, or remembers it to go on.
func (w *treeWriter) failed(err error) error {
	var e *eval.Error
	if err == nil || !errors.As(err, &e) {
		return err
	}
	var placed *format.Error
	if errors.As(err, &placed) {
		return err
	}
	attr := pathOf(w.attr, &format.Error{Path: w.path, Err: err})
	for _, s := range slices.Backward(w.path) { // all of them are attributes
		e = e.InAttr(s.Name)
		err = e
	}
	if w.r.KeepGoing && !ends(err) {
		w.r.note(attr, err)
		return nil
	}
	return &format.Error{Path: append(format.Path(nil), w.path...), Err: err}
}

// maxFolders is how deep folders may be within each other. No system has paths as long as
// deeper ones.
const maxFolders = 10_000

// evaluated evaluates v, and writes it to file.
func (w *treeWriter) evaluated(ctx context.Context, v eval.Value, file string) error {
	if len(w.path) > maxFolders {
		return formError("the value has more than %d sets within each other", maxFolders)
	}
	v, err := v.Force(ctx)
	if err != nil {
		return err
	}
	switch v.Kind() {
	case eval.KindString:
		text, _ := v.Text()
		return os.WriteFile(file, []byte(text), 0o666)
	case eval.KindAttrs:
		if err := os.Mkdir(file, 0o777); err != nil {
			return err
		}
		for name, x := range v.Attrs() {
			w.path = append(w.path, format.Step{Name: name, Index: -1})
			if err := w.attribute(ctx, x, file, name); err != nil {
				return err
			}
			w.path = w.path[:len(w.path)-1]
		}
		return nil
	default:
		return formError("the value is %s, but --write-to writes strings to files and sets of them to folders; use toString or builtins.toJSON, or a form as in --to json",
			v.Describe())
	}
}

// attribute writes v to the file of that name in a folder.
func (w *treeWriter) attribute(ctx context.Context, v eval.Value, folder, name string) error {
	if name == "." || name == ".." || !filepath.IsLocal(name) || strings.ContainsAny(name, "/\\\x00") {
		return w.failed(formError("'%s' cannot be the name of a file", name))
	}
	return w.write(ctx, v, filepath.Join(folder, name))
}
