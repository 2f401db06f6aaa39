package git

// This file defines trees of commits.

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/firn-lang/firn/builtins/fetch"
	"github.com/firn-lang/firn/builtins/fetch/git/odb"
	"github.com/firn-lang/firn/builtins/fetch/git/repo"
	"github.com/firn-lang/firn/builtins/fetch/git/tree"
	"github.com/firn-lang/firn/builtins/flake/flakeref"
	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/nar"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/eval/world"
)

// fromCommit returns the tree of the commit that the reference names, or that is the last one of the
// branch that it names.
func (j *job) fromCommit(ctx context.Context) (*fetch.Tree, error) {
	r, id, err := j.commit(ctx)
	if err != nil {
		return nil, err
	}
	j.attrs["rev"] = id.String()
	shallow, err := r.IsShallow()
	if err != nil {
		return nil, err
	}
	if shallow && !j.flag("shallow") {
		return nil, fmt.Errorf("'%s' is a shallow Git repository, but shallow repositories are only allowed when `shallow = true;` is specified", j.where())
	}
	return j.treeAt(ctx, r, id, nil)
}

// commit returns the repository and the commit, and sets the attribute ref.
func (j *job) commit(ctx context.Context) (*repo.Repository, odb.ID, error) {
	if j.path == "" {
		return j.remote(ctx)
	}
	r, err := j.scheme.open(j.path)
	if err != nil {
		return nil, odb.ID{}, err
	}
	ref, ok := j.attrs["ref"].(string)
	if !ok {
		head, err := r.Ref("HEAD")
		if err != nil && !errors.Is(err, odb.ErrNotFound) {
			return nil, odb.ID{}, err
		}
		ref = j.defaultRef(head.Symbolic)
	}
	id, ok, err := j.rev(r.Format)
	if err == nil && !ok {
		id, err = resolve(ctx, r, ref)
	}
	return r, id, err
}

// defaultRef sets the attribute ref to head, the reference that HEAD stands for, or to master if it
// stands for none.
func (j *job) defaultRef(head string) string {
	if head == "" {
		j.warn("could not read HEAD ref from repo at '%s', using 'master'", j.where())
		head = "master"
	}
	j.attrs["ref"] = head
	return head
}

// resolve returns the commit that a reference means, with errors in the reference implementation's words.
func resolve(ctx context.Context, r *repo.Repository, ref string) (odb.ID, error) {
	id, err := r.Resolve(ctx, ref)
	if missing, ok := errors.AsType[*repo.RefNotFoundError](err); ok {
		return id, fmt.Errorf("resolving Git reference '%s': %w (libgit2 error code = 4)", ref, missing)
	}
	return id, missingObject(err)
}

// missingObject returns the error of an object that is not there in the reference implementation's words,
// and others as they are.
func missingObject(err error) error {
	if missing, ok := errors.AsType[*odb.NotFoundError](err); ok {
		return &objectError{missing}
	}
	return err
}

// An objectError is a NotFoundError in other words.
type objectError struct{ cause *odb.NotFoundError }

func (e *objectError) Error() string {
	id := e.cause.ID
	return fmt.Sprintf("getting Git object '%[1]s': object not found - no match for id (%[1]s) (libgit2 error code = 9)", id)
}

func (e *objectError) Unwrap() error { return e.cause }

// treeAt returns the tree of a commit. show returns the files with their submodules, or nil for the files
// as they are; without it, the submodules are those of the commit.
func (j *job) treeAt(ctx context.Context, r *repo.Repository, id odb.ID, show func(*tree.Tree) world.Host) (*fetch.Tree, error) {
	commitID, err := r.Peel(ctx, id)
	if err != nil {
		return nil, missingObject(err)
	}
	commit, err := r.Commit(ctx, commitID)
	if err != nil {
		return nil, missingObject(err)
	}
	if err := j.setTime(commit.Time); err != nil {
		return nil, err
	}
	if err := j.verify(ctx, r, id); err != nil {
		return nil, err
	}
	out := &fetch.Tree{Attrs: j.attrs, Fingerprint: j.fingerprint(id.String())}
	if _, ok := j.attrs["revCount"]; !ok && !j.flag("shallow") {
		out.RevCount = func(ctx context.Context) (uint64, error) { return r.RevCount(ctx, commitID) }
	}
	files := tree.New(r, commit.Tree)
	out.Files = files
	plain, forget := true, false // forget: more than the name of the tree decides about the files
	if j.flag("exportIgnore") {
		out.Files, plain = tree.ExportIgnored(out.Files, nil), false
	}
	if j.flag("lfs") {
		if out.Files, err = j.withLFS(ctx, r, commitID, out.Files); err != nil {
			return nil, err
		}
		plain = false
	}
	if show != nil {
		if shown := show(files); shown != nil {
			out.Files, plain, forget = shown, false, true
			if j.flag("exportIgnore") {
				out.Files = tree.ExportIgnored(shown, nil)
			}
		}
	} else if j.flag("submodules") {
		mounts, err := j.submodules(ctx, r, files)
		if err != nil {
			return nil, err
		}
		if len(mounts) > 0 {
			out.Files, plain, forget = tree.Mounted(out.Files, mounts), false, true
		}
	}
	key := strings.TrimPrefix(out.Fingerprint, id.String())
	host := out.Files
	out.NARHash = func(ctx context.Context) (nixhash.Hash, error) {
		return j.hash("git-tree:"+commit.Tree.String()+key, forget, func() (h nixhash.Hash, err error) {
			if plain {
				h, _, err = files.HashNAR(ctx)
			} else {
				h, err = hashWorld(ctx, host)
			}
			return h, err
		})
	}
	return out, nil
}

// setTime sets the attribute lastModified to the time of a commit, and returns an error if the reference
// says another one.
func (j *job) setTime(seconds int64) error {
	now := uint64(max(seconds, 0))
	said, ok := j.attrs["lastModified"].(uint64)
	if ok && said != now {
		p := flakeref.Parser{}
		text := j.where()
		if ref, err := p.FromAttrs(j.attrs, false); err == nil {
			if full, err := ref.Text(&p); err == nil {
				text = full
			}
		}
		return fmt.Errorf("'lastModified' attribute mismatch in input '%s', expected %d, got %d", text, said, now)
	}
	j.attrs["lastModified"] = now
	return nil
}

// hashWorld returns the hash of the archive of a world.
func hashWorld(ctx context.Context, host world.Host) (nixhash.Hash, error) {
	h, _, err := nar.Hash(nixhash.SHA256, store.Files(ctx, host), "/", nil)
	return h, err
}

// hash returns the hash that is remembered for a key, or else computes it. With always it computes it: the
// name of a tree does not say what is in its submodules, for one.
func (j *job) hash(key string, always bool, compute func() (nixhash.Hash, error)) (nixhash.Hash, error) {
	hashes := j.scheme.hashesOf(j.env.CacheDir)
	if hashes == nil || always {
		return compute()
	}
	if h, ok := hashes.Get(key); ok {
		return h, nil
	}
	h, err := compute()
	if err == nil {
		hashes.Put(key, h)
	}
	return h, err
}

// hashesOf returns what remembers hashes for a folder of the cache; nil if nothing does.
func (s *Scheme) hashesOf(cacheDir string) Hashes {
	if s.opt.Hashes != nil || cacheDir == "" {
		return s.opt.Hashes
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	h, ok := s.hashes[cacheDir]
	if !ok {
		h = hashesIn(cacheDir)
		s.hashes[cacheDir] = h
	}
	return h
}

// fingerprint returns a text that is equal for equal trees of a commit.
func (j *job) fingerprint(rev string) string {
	for _, f := range []struct{ name, mark string }{{"submodules", ";s"}, {"exportIgnore", ";e"}, {"lfs", ";l"}} {
		if j.flag(f.name) {
			rev += f.mark
		}
	}
	return rev
}
