package repo

// This file defines references, and what names that users write mean.

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/firn-lang/firn/builtins/fetch/git/odb"
)

// A Ref is what a reference says: the name of an object, or that of another reference.
type Ref struct {
	ID       odb.ID
	Symbolic string // such as "refs/heads/main"; "" if it names an object
}

// A RefNotFoundError says that a name stands for nothing in a repository. For errors.Is it is an
// odb.ErrNotFound.
type RefNotFoundError struct{ Name string }

func (e *RefNotFoundError) Error() string { return fmt.Sprintf("revspec '%s' not found", e.Name) }

// PlainMessage returns what is wrong in better words, for reports.
func (e *RefNotFoundError) PlainMessage() string {
	return "the repository has no branch, tag or commit '" + e.Name + "'"
}

// Is implements what errors.Is asks.
func (e *RefNotFoundError) Is(target error) bool { return target == odb.ErrNotFound }

// CheckRefName returns an error for what is not the whole name of a reference: "HEAD" and others in
// capitals, or one with slashes, such as "refs/heads/main". The rules are those of git check-ref-format.
func CheckRefName(name string) error {
	bad := name == "" || name == "@" || strings.HasSuffix(name, ".") || strings.Contains(name, "..") || strings.Contains(name, "@{") ||
		strings.ContainsAny(name, " ~^:?*[\\\x7f")
	for part := range strings.SplitSeq(name, "/") {
		bad = bad || part == "" || part[0] == '.' || strings.HasSuffix(part, ".lock")
	}
	for i := range len(name) {
		bad = bad || name[i] < ' '
	}
	if !bad && !strings.Contains(name, "/") {
		bad = strings.Trim(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_") != ""
	}
	if bad {
		return fmt.Errorf("'%.100s' is not the name of a reference", name)
	}
	return nil
}

// Ref returns what a reference with that whole name says. Its error is a *RefNotFoundError if there is
// none.
func (r *Repository) Ref(name string) (Ref, error) {
	if err := CheckRefName(name); err != nil {
		return Ref{}, err
	}
	// What a linked working tree has of its own goes first; branches and tags are common.
	dirs := []string{r.Dir, r.Common}
	if strings.HasPrefix(name, "refs/") && !strings.HasPrefix(name, "refs/bisect/") && !strings.HasPrefix(name, "refs/worktree/") || r.Dir == r.Common {
		dirs = dirs[1:]
	}
	for _, dir := range dirs {
		text, err := readLine(filepath.Join(dir, filepath.FromSlash(name)))
		switch {
		case err == nil:
			return r.parseRef(name, text)
		case !errors.Is(err, fs.ErrNotExist) && !isFolderError(err):
			return Ref{}, err
		}
	}
	return r.packedRef(name)
}

// isFolderError reports whether err comes of reading a folder, or of a file in the place of one.
func isFolderError(err error) bool {
	return errors.Is(err, syscall.EISDIR) || errors.Is(err, syscall.ENOTDIR)
}

// parseRef reads the file of a reference.
func (r *Repository) parseRef(name, text string) (Ref, error) {
	if target, ok := strings.CutPrefix(text, "ref:"); ok {
		target = strings.TrimSpace(target)
		return Ref{Symbolic: target}, CheckRefName(target)
	}
	id, err := odb.ParseID(strings.TrimSpace(text))
	if err != nil || id.Format() != r.Format {
		return Ref{}, fmt.Errorf("reference '%s' is damaged", name)
	}
	return Ref{ID: id}, nil
}

// packedRef looks for a reference in the file that has many of them, one a line.
func (r *Repository) packedRef(name string) (Ref, error) {
	f, err := os.Open(filepath.Join(r.Common, "packed-refs"))
	if errors.Is(err, fs.ErrNotExist) {
		return Ref{}, &RefNotFoundError{name}
	}
	if err != nil {
		return Ref{}, err
	}
	defer f.Close()
	digits := 2 * r.Format.Size()
	for lines := bufio.NewScanner(f); ; {
		if !lines.Scan() {
			if err := lines.Err(); err != nil {
				return Ref{}, fmt.Errorf("'%s': %w", f.Name(), err)
			}
			return Ref{}, &RefNotFoundError{name}
		}
		line := lines.Text()
		if len(line) <= digits || line[digits] != ' ' || line[digits+1:] != name {
			continue
		}
		return r.parseRef(name, line[:digits])
	}
}

// maxSymbolic is how many references lead from one to the next at most.
const maxSymbolic = 5

// Follow returns the object that a reference with that whole name leads to.
func (r *Repository) Follow(name string) (odb.ID, error) {
	for range maxSymbolic + 1 {
		ref, err := r.Ref(name)
		if err != nil || ref.Symbolic == "" {
			return ref.ID, err
		}
		name = ref.Symbolic
	}
	return odb.ID{}, fmt.Errorf("reference '%s' leads to too many others", name)
}

// Head returns the reference that HEAD stands for, "" if it names a commit, and the commit; the zero ID
// before the first one.
func (r *Repository) Head() (name string, id odb.ID, err error) {
	ref, err := r.Ref("HEAD")
	if err != nil || ref.Symbolic == "" {
		return "", ref.ID, err
	}
	id, err = r.Follow(ref.Symbolic)
	if errors.Is(err, odb.ErrNotFound) {
		err = nil
	}
	return ref.Symbolic, id, err
}

// Resolve returns the commit that a name means, as users write it: all digits of an object; a
// reference with or without what is before its name; or the first digits of an object. Tags lead to
// their commits.
func (r *Repository) Resolve(ctx context.Context, name string) (odb.ID, error) {
	id, err := r.lookup(name)
	if err != nil {
		return odb.ID{}, err
	}
	return r.Peel(ctx, id)
}

// lookup returns the object that a name means.
func (r *Repository) lookup(name string) (odb.ID, error) {
	if id, err := odb.ParseID(name); err == nil && id.Format() == r.Format {
		return id, nil
	}
	for _, prefix := range []string{"", "refs/", "refs/tags/", "refs/heads/", "refs/remotes/"} {
		if CheckRefName(prefix+name) != nil {
			continue
		}
		id, err := r.Follow(prefix + name)
		if err == nil || !errors.Is(err, odb.ErrNotFound) {
			return id, err
		}
	}
	if CheckRefName("refs/remotes/"+name+"/HEAD") == nil {
		id, err := r.Follow("refs/remotes/" + name + "/HEAD")
		if err == nil || !errors.Is(err, odb.ErrNotFound) {
			return id, err
		}
	}
	if len(name) < 2*r.Format.Size() {
		ids, err := r.objects.WithPrefix(strings.ToLower(name))
		switch {
		case err != nil:
			return odb.ID{}, err
		case len(ids) == 1:
			return ids[0], nil
		case len(ids) > 1:
			return odb.ID{}, fmt.Errorf("'%s' is short for several objects", name)
		}
	}
	return odb.ID{}, &RefNotFoundError{name}
}

// maxTags is how many tags lead from one to the next at most.
const maxTags = 100

// Peel returns the commit that an object is or, for a tag, leads to.
func (r *Repository) Peel(ctx context.Context, id odb.ID) (odb.ID, error) {
	start := id
	for range maxTags {
		kind, _, err := r.objects.Stat(ctx, id)
		if err != nil || kind == odb.KindCommit {
			return id, err
		}
		if kind != odb.KindTag {
			return odb.ID{}, fmt.Errorf("object %s is a %s, and not a commit", id, kind)
		}
		_, text, err := r.objects.Read(ctx, id, odb.MaxText)
		if err != nil {
			return odb.ID{}, err
		}
		if id, _, err = odb.ParseTag(text); err != nil {
			return odb.ID{}, fmt.Errorf("object %s: %w", id, err)
		}
	}
	return odb.ID{}, fmt.Errorf("tag %s leads to too many others", start)
}

// Commit reads a commit.
func (r *Repository) Commit(ctx context.Context, id odb.ID) (*odb.Commit, error) {
	kind, text, err := r.objects.Read(ctx, id, odb.MaxText)
	if err != nil {
		return nil, err
	}
	if kind != odb.KindCommit {
		return nil, fmt.Errorf("object %s is a %s, and not a commit", id, kind)
	}
	c, err := odb.ParseCommit(text)
	if err != nil {
		return nil, fmt.Errorf("object %s: %w", id, err)
	}
	return c, nil
}
