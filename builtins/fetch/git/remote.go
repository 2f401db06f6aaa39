package git

// This file defines the cache: repositories into which others are fetched.

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/firn-lang/firn/builtins/fetch/git/odb"
	"github.com/firn-lang/firn/builtins/fetch/git/repo"
	"github.com/firn-lang/firn/builtins/fetch/lockfile"
)

// A remote is a repository elsewhere, with the one of the cache that it is fetched into.
type remote struct {
	job     *job
	dir     string // the repository of the cache
	shallow bool   // without history
}

// remote returns the repository of the cache and the commit that the reference names there, and fetches
// it before if that is needed.
func (j *job) remote(ctx context.Context) (*repo.Repository, odb.ID, error) {
	dir, err := j.scheme.clones.Path(j.env)
	if err != nil {
		return nil, odb.ID{}, err
	}
	rm := &remote{job: j, shallow: j.flag("shallow")}
	sum := sha256.Sum256([]byte(j.url))
	name := hex.EncodeToString(sum[:20])
	if rm.shallow {
		name += "-shallow"
	}
	rm.dir = filepath.Join(dir, name)
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, odb.ID{}, err
	}
	unlock, err := lockfile.Lock(ctx, rm.dir+".lock")
	if err != nil {
		return nil, odb.ID{}, err
	}
	defer unlock()
	r, err := rm.update(ctx)
	if err != nil {
		return nil, odb.ID{}, err
	}
	id, ok, err := j.rev(r.Format)
	if err == nil && !ok {
		id, err = resolve(ctx, r, j.attrs["ref"].(string))
	}
	return r, id, err
}

// update makes the repository of the cache one that has what the reference names.
func (rm *remote) update(ctx context.Context) (*repo.Repository, error) {
	j := rm.job
	ref, hasRef := j.attrs["ref"].(string)
	r, err := rm.open(ctx)
	if err != nil {
		return nil, err
	}
	id, hasRev, err := j.rev(r.Format)
	if err != nil {
		return nil, err
	}
	if hasRev {
		have, err := r.Objects().Has(id)
		if err != nil {
			return nil, err
		}
		if have && hasRef {
			return r, nil
		}
		if !hasRef {
			ref = rm.head(ctx)
		}
		if have {
			return r, nil
		}
		return r, rm.fetchRev(ctx, r, id, ref)
	}
	if !hasRef {
		ref = rm.head(ctx)
	}
	if !j.flag("allRefs") && rm.isFresh(ref) {
		return r, nil
	}
	spec := "refs/*:refs/*"
	if !j.flag("allRefs") {
		spec = refSpec(ref)
	}
	if err := rm.fetch(ctx, spec); err != nil {
		if _, have := rm.stamp(ref); !have || ctx.Err() != nil {
			return nil, err
		}
		j.warn("%v", err)
		j.warn("could not update local clone of Git repository '%s'; continuing with the most recent version", j.url)
		return r, nil
	}
	now := rm.now()
	if err := os.Chtimes(rm.refFile(ref), now, now); err != nil && !errors.Is(err, fs.ErrNotExist) {
		j.warn("could not update mtime for file %q: %v", rm.refFile(ref), err)
	}
	return r, nil
}

// refSpec returns what git fetch is told to fetch a reference under its own name.
func refSpec(ref string) string {
	if ref != "HEAD" && !strings.HasPrefix(ref, "refs/") {
		ref = "refs/heads/" + ref
	}
	return ref + ":" + ref
}

// fetchRev fetches a commit: by its name or, from servers that do not like that, by that of the branch
// that it is on.
func (rm *remote) fetchRev(ctx context.Context, r *repo.Repository, id odb.ID, ref string) error {
	spec := id.String()
	if rm.job.flag("allRefs") {
		spec = "refs/*:refs/*"
	}
	err := rm.fetch(ctx, spec)
	if err != nil && ctx.Err() == nil && !rm.shallow {
		if rm.fetch(ctx, refSpec(ref)) == nil {
			err = nil
		}
	}
	have, hasErr := r.Objects().Has(id)
	switch {
	case have:
		return nil
	case err != nil:
		return err
	case hasErr != nil:
		return hasErr
	}
	return errorf("Cannot find Git revision '%s' in ref '%s' of repository '%s'! Please make sure that the rev exists on the ref you've specified or add allRefs = true; to fetchGit.",
		id, ref, rm.job.url)
}

// open opens the repository of the cache, and makes it if it is not there. Its format is that of the
// repository it is fetched from, as far as a commit of the reference tells.
func (rm *remote) open(ctx context.Context) (*repo.Repository, error) {
	if _, err := os.Stat(rm.dir); errors.Is(err, fs.ErrNotExist) {
		if err := rm.create(ctx); err != nil {
			return nil, err
		}
	}
	return rm.job.scheme.open(rm.dir)
}

// create makes an empty repository at once: another process sees all of it or nothing.
func (rm *remote) create(ctx context.Context) error {
	format := odb.SHA1
	if text, _ := rm.job.attrs["rev"].(string); len(text) == 2*odb.SHA256.Size() {
		format = odb.SHA256
	} else if rm.usesSHA256(ctx) {
		format = odb.SHA256
	}
	temp, err := os.MkdirTemp(filepath.Dir(rm.dir), "new-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temp)
	if _, err := rm.job.scheme.git(ctx, temp, "init", "--quiet", "--bare", "--template=", "--object-format="+format.String()); err != nil {
		return err
	}
	if err := os.Rename(temp, rm.dir); err != nil {
		if _, statErr := os.Stat(rm.dir); statErr != nil {
			return err
		}
	}
	return nil
}

// usesSHA256 reports whether the repository elsewhere is on this machine and uses SHA-256. Others say so
// only while they are fetched from.
func (rm *remote) usesSHA256(ctx context.Context) bool {
	if !strings.HasPrefix(rm.job.url, "file:") {
		return false
	}
	out, err := rm.job.scheme.git(ctx, filepath.Dir(rm.dir), "ls-remote", "--quiet", "--", rm.job.url, "HEAD")
	digits, _, _ := strings.Cut(out, "\t")
	return err == nil && len(digits) == 2*odb.SHA256.Size()
}

// fetch fetches what spec says.
func (rm *remote) fetch(ctx context.Context, spec string) error {
	// An interrupted fetch may have left it, and nobody else is at work here.
	_ = os.Remove(filepath.Join(rm.dir, "shallow.lock"))
	args := []string{"--git-dir", ".", "fetch", "--quiet", "--force", "--no-tags", "--no-write-fetch-head"}
	if rm.shallow {
		args = append(args, "--depth", "1")
	}
	args = append(args, "--", rm.job.url, spec)
	if _, err := rm.job.scheme.git(ctx, rm.dir, args...); err != nil {
		if ctx.Err() != nil {
			return err
		}
		return errorf("Failed to fetch git repository '%s' : %w", rm.job.url, err)
	}
	return nil
}

// refFile returns the file of a reference in the cache, whose time says when it was fetched.
func (rm *remote) refFile(ref string) string {
	if ref != "HEAD" && !strings.HasPrefix(ref, "refs/") {
		ref = "refs/heads/" + ref
	}
	return filepath.Join(rm.dir, filepath.FromSlash(ref))
}

// stamp returns when a reference was fetched. ok is false if it was not.
func (rm *remote) stamp(ref string) (t time.Time, ok bool) {
	info, err := os.Stat(rm.refFile(ref))
	if err != nil {
		return time.Time{}, false
	}
	return info.ModTime(), true
}

// now returns the time.
func (rm *remote) now() time.Time {
	if rm.job.env.Now == nil {
		return time.Now()
	}
	return rm.job.env.Now()
}

// isFresh reports whether a reference is still to be believed.
func (rm *remote) isFresh(ref string) bool {
	t, ok := rm.stamp(ref)
	return ok && rm.now().Before(t.Add(rm.job.env.TTL))
}

// headFile returns the file that remembers which reference HEAD stands for elsewhere.
func (rm *remote) headFile() string { return filepath.Join(rm.dir, "firn-head") }

// head sets the attribute ref to the reference that HEAD stands for elsewhere.
func (rm *remote) head(ctx context.Context) string {
	known, fresh := "", false
	if info, err := os.Stat(rm.headFile()); err == nil {
		if text, err := os.ReadFile(rm.headFile()); err == nil && repo.CheckRefName(string(text)) == nil {
			known, fresh = string(text), rm.now().Before(info.ModTime().Add(rm.job.env.TTL))
		}
	}
	if known != "" && fresh {
		rm.job.attrs["ref"] = known
		return known
	}
	out, err := rm.job.scheme.git(ctx, rm.dir, "ls-remote", "--symref", "--", rm.job.url, "HEAD")
	line, _, _ := strings.Cut(out, "\n")
	target, ok := strings.CutPrefix(line, "ref: ")
	target, _, _ = strings.Cut(target, "\t")
	if err != nil || line == "" {
		if known != "" {
			rm.job.warn("could not get HEAD ref for repository '%s'; using expired cached ref '%s'", rm.job.url, known)
		}
		return rm.job.defaultRef(known)
	}
	if !ok || repo.CheckRefName(target) != nil {
		target = "HEAD" // which names a commit there
	} else if os.WriteFile(rm.headFile(), []byte(target), 0o666) == nil {
		now := rm.now()
		_ = os.Chtimes(rm.headFile(), now, now)
	}
	rm.job.attrs["ref"] = target
	return target
}
