package core

import (
	"errors"
	"fmt"
	"strings"

	"github.com/firn-lang/firn/eval/world"
)

// This file defines the search path: what <name> finds.

// lookupPath looks up <name>.
func (w *worker) lookupPath(name string) (string, error) {
	if p, ok := w.ev.recall(w.ev.lookups, name); ok {
		return p, nil
	}
	p, err := w.findFile(w.ev.opt.SearchPath, name)
	if err == nil {
		w.ev.remember(w.ev.lookups, strings.Clone(name), p)
	}
	return p, err
}

// findFile returns the path that <name> stands for: the first entry counts whose prefix fits
// and below which the rest of name exists, with symbolic links resolved. An entry that does
// not exist is skipped, as is one below which the file does not. A path that may not be seen is
// an error at once. If nothing is found, the error is one that tryEval catches.
func (w *worker) findFile(entries []SearchPathEntry, name string) (string, error) {
	for _, e := range entries {
		rest := name
		if e.Prefix != "" {
			var ok bool
			if rest, ok = strings.CutPrefix(name, e.Prefix); !ok || rest != "" && rest[0] != '/' {
				continue
			}
		}
		dir := e.Path
		if isURL(dir) {
			var err error
			if dir, err = w.fetchEntry(dir); err != nil {
				return "", err
			} else if dir == "" {
				continue
			}
		} else if ok, err := w.entryExists(dir); err != nil {
			return "", err
		} else if !ok {
			continue
		}
		real, err := w.resolveLinks(world.Clean(w.entryPath(dir) + world.Clean(rest)))
		if err == nil {
			if _, err = w.world().Lstat(real); err == nil {
				return real, nil
			}
		}
		var forbidden *world.ForbiddenError
		if errors.As(err, &forbidden) {
			return "", w.hostError(forbidden.Path, err)
		}
	}
	if file, ok := strings.CutPrefix(name, internalFiles); ok {
		return world.InternalDir + file, nil
	}
	if w.ev.opt.Pure {
		e := w.errorf(CodePureEvaluation, 0, "cannot look up '<%s>' in pure evaluation mode (use '--impure' to override)", Name(name))
		e.Kind = ErrThrow // as a lookup that finds nothing
		return "", e
	}
	return "", w.errorf(CodeSearchPath, 0, "file '%s' was not found in the Nix search path (add it using $NIX_PATH or -I)", Name(name))
}

// isURL reports whether an entry of the search path is the URL of an archive, or a flake.
func isURL(p string) bool {
	if strings.HasPrefix(p, "channel:") || strings.HasPrefix(p, flakeEntry) {
		return true
	}
	switch scheme, _, _ := strings.Cut(p, "://"); scheme {
	case "http", "https", "file":
		return len(p) > len(scheme)
	}
	return false
}

// flakeEntry is what entries begin with that are flakes, as in flake:nixpkgs.
const flakeEntry = "flake:"

// fetchEntry returns where the archive that an entry of the search path is the URL of is
// unpacked; "" if it cannot be had, which is warned of once.
func (w *worker) fetchEntry(url string) (string, error) {
	w.ev.mu.RLock()
	dir, known := w.ev.fetched[url]
	w.ev.mu.RUnlock()
	if known {
		return dir, nil
	}
	c := &Call{w: w}
	if err := c.Effect(); err != nil {
		return "", err
	}
	dir, err := c.Unpack(url)
	if ended := c.CheckInterrupt(); ended != nil {
		return "", ended
	}
	if e, ok := errors.AsType[*Error](err); ok && (e.Kind == ErrLimit || strings.HasPrefix(url, flakeEntry)) {
		return "", err
	}
	w.ev.mu.Lock()
	_, known = w.ev.fetched[url]
	w.ev.fetched[strings.Clone(url)] = dir
	w.ev.mu.Unlock()
	if err != nil && !known {
		fmt.Fprintf(w.ev.opt.Stderr, "warning: Nix search path entry '%s' cannot be downloaded, ignoring (%s)\n", url, err)
	}
	return dir, nil
}

// Unpack returns where the archive at a URL, or the tree of a flake, is: see Options.Unpack.
func (c *Call) Unpack(url string) (string, error) {
	if c.w.ev.opt.Unpack == nil {
		return "", c.Errorf(CodeNotSupported, "cannot fetch '%s': fetching is not supported here", url)
	}
	dir, err := c.w.ev.opt.Unpack(c, url)
	if err != nil {
		return "", c.w.asError(err)
	}
	return dir, nil
}

// entryPath returns where an entry of the search path is.
func (w *worker) entryPath(p string) string {
	if dir := w.ev.opt.Dir; dir != "" && !strings.HasPrefix(p, "/") {
		p = dir + "/" + p
	}
	return world.Clean(p)
}

// entryExists reports whether the entry p of the search path exists. The answer is kept: each
// entry that does not is warned of once, as in the reference.
func (w *worker) entryExists(p string) (bool, error) {
	w.ev.mu.RLock()
	exists, ok := w.ev.entries[p]
	w.ev.mu.RUnlock()
	if ok && !strings.HasPrefix(p, world.MountDir) { // which others may see
		return exists, nil
	}
	real, err := w.resolveLinks(w.entryPath(p))
	if err == nil {
		_, err = w.world().Lstat(real)
		var forbidden *world.ForbiddenError
		if errors.As(err, &forbidden) {
			return false, w.hostError(real, err)
		}
	}
	exists = err == nil
	if !exists && w.ahead {
		return false, w.own.Effect()
	}
	w.ev.mu.Lock()
	_, known := w.ev.entries[p]
	w.ev.entries[strings.Clone(p)] = exists
	w.ev.mu.Unlock()
	if !exists && !known {
		fmt.Fprintf(w.ev.opt.Stderr, "warning: Nix search path entry '%s' does not exist, ignoring\n", p)
	}
	return exists, nil
}

// internalFiles is the folder of files that <nix/…> finds without an entry.
const internalFiles = "nix/"
