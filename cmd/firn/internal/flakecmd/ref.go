package flakecmd

// This file defines how references of command lines are read: those of package flakeref, and
// paths, which may be relative and mean the flake, or the repository of Git, around them.

import (
	"context"
	"errors"
	"fmt"
	"path"
	"strings"

	"github.com/firn-lang/firn/builtins/flake/flakeref"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/cmd/firn/internal/storecmd"
	"github.com/firn-lang/firn/eval/world"
	"github.com/firn-lang/firn/lang"
)

// parserOf returns what reads references for a command.
func parserOf(e *storecmd.Env) *flakeref.Parser {
	return &flakeref.Parser{Warn: func(format string, args ...any) { e.Log.Warn(fmt.Sprintf(format, args...)) }}
}

// parseRef reads a reference with perhaps a fragment. If it is a path, flake.nix is looked for
// there and further up, and a repository of Git around it is the tree.
func parseRef(ctx context.Context, e *storecmd.Env, text string) (*flakeref.Ref, string, error) {
	p := parserOf(e)
	if strings.HasPrefix(text, "/") {
		return parsePath(ctx, e, p, text)
	}
	r, fragment, err := p.ParseFragment(text)
	var bad *flakeref.BadURLError
	switch {
	case err == nil:
		return absolute(e, p, r), fragment, nil
	case err != nil && !errors.As(err, &bad):
		return nil, "", err
	}
	before, _, _ := strings.Cut(text, "/")
	if strings.Contains(before, ":") && !strings.HasPrefix(text, ".") {
		// Quirk left out: the reference takes "github:o" for a file of that name.
		if _, err := p.FromURL(text); err != nil {
			return nil, "", &failure{code: "flake-reference", msg: err.Error(), plain: spelling(text)}
		}
	}
	return parsePath(ctx, e, p, text)
}

// spelling says what is missing in a reference to a forge; "" if it is another one.
func spelling(text string) string {
	ref, _, _ := strings.Cut(text, "#")
	scheme, rest, _ := strings.Cut(ref, ":")
	switch scheme {
	case "github", "gitlab", "sourcehut":
		if !strings.Contains(strings.Trim(rest, "/"), "/") {
			return "'" + ref + "' names no repository; write " + scheme + ":OWNER/REPO"
		}
	}
	return ""
}

// absolute returns r, whose path counts from the folder of the command if it is relative.
func absolute(e *storecmd.Env, p *flakeref.Parser, r *flakeref.Ref) *flakeref.Ref {
	if r.IsRelative() {
		r.Attrs["path"] = path.Join(e.Dir, r.Attrs["path"].(string))
		return r
	}
	url, _ := r.Attrs["url"].(string)
	rest, ok := strings.CutPrefix(url, "file:")
	if r.Type() != "git" || !ok || strings.HasPrefix(rest, "/") {
		return r
	}
	if u, err := flakeref.ParseURL(url, true, p.Warn); err == nil {
		if file, err := u.FilePath(); err == nil {
			u.Path = strings.Split(path.Join(e.Dir, strings.TrimPrefix(file, "/")), "/")
			u.Authority = &flakeref.Authority{}
			r.Attrs["url"] = u.String()
		}
	}
	return r
}

// parsePath reads a path: PATH?QUERY#FRAGMENT.
func parsePath(ctx context.Context, e *storecmd.Env, p *flakeref.Parser, text string) (*flakeref.Ref, string, error) {
	rest, fragment, _ := strings.Cut(text, "#")
	name, query, _ := strings.Cut(rest, "?")
	u := &flakeref.URL{Scheme: "path", Authority: &flakeref.Authority{}, Query: map[string]string{}}
	if query != "" {
		q, err := flakeref.ParseURL("path:/?"+query, true, p.Warn)
		if err != nil {
			return nil, "", err
		}
		u.Query = q.Query
	}
	dir, err := world.NewLinks(e.Host).Resolve(ctx, nil, path.Clean(e.Absolute(name)), false)
	if err != nil {
		return nil, "", err
	}
	if dir, err = flakeDir(ctx, e, dir); err != nil {
		return nil, "", err
	}
	sub := ""
	for root := dir; root != "/"; root = path.Dir(root) {
		if exists(ctx, e, root+"/.git") {
			u.Scheme, dir = "git+file", root
			if sub != "" {
				if u.Query["dir"] != "" {
					return nil, "", failf("flake-reference", "flake URL '%s' has an inconsistent 'dir' parameter", text)
				}
				u.Query["dir"] = sub
			}
			if exists(ctx, e, root+"/.git/shallow") {
				u.Query["shallow"] = "1"
			}
			break
		}
		sub = path.Join(path.Base(root), sub)
	}
	u.Path = strings.Split(dir, "/")
	r, _, err := p.ParseFragment(u.String())
	if err != nil {
		return nil, "", err
	}
	_, decoded, err := p.ParseFragment("x#" + fragment)
	return r, decoded, err
}

// exists reports whether there is something at a path.
func exists(ctx context.Context, e *storecmd.Env, p string) bool {
	_, err := e.Host.Lstat(ctx, p)
	return err == nil
}

// similarFolders returns what has nearly the name of a path.
func similarFolders(ctx context.Context, e *storecmd.Env, p string) []string {
	entries, err := e.Host.ReadDir(ctx, path.Dir(p))
	if err != nil {
		return nil
	}
	names := make([]string, len(entries))
	for i, entry := range entries {
		names[i] = entry.Name
	}
	return lang.Near(path.Base(p), names)
}

// flakeDir returns the folder with a flake.nix that a path means: itself, or one further up,
// but not beyond a repository.
func flakeDir(ctx context.Context, e *storecmd.Env, p string) (string, error) {
	info, err := e.Host.Lstat(ctx, p)
	if err != nil {
		return "", &failure{
			code: "not-a-flake", msg: fmt.Sprintf("getting status of \"%s\": No such file or directory", p),
			plain: "there is no folder " + p, near: similarFolders(ctx, e, p),
		}
	}
	if info.Type != world.Directory {
		if path.Base(p) != "flake.nix" {
			return "", failf("not-a-flake", "path \"%s\" is not a flake (because it's not a directory)", p)
		}
		e.Log.Warn(fmt.Sprintf("Path %q should point at the directory containing the 'flake.nix' file, not the file itself. Pretending that you meant %q", p, path.Dir(p)))
		p = path.Dir(p)
	}
	if exists(ctx, e, p+"/flake.nix") {
		return p, nil
	}
	e.Log.Say(dropin.Notice, fmt.Sprintf("path %q does not contain a 'flake.nix', searching up", p))
	for dir := p; dir != "/"; dir = path.Dir(dir) {
		if exists(ctx, e, dir+"/flake.nix") {
			return dir, nil
		}
		if exists(ctx, e, dir+"/.git") {
			return "", failf("not-a-flake", "path \"%s\" is not part of a flake (neither it nor its parent directories contain a 'flake.nix' file)", dir)
		}
	}
	return "", &failure{
		code: "not-a-flake", msg: "could not find a flake.nix file",
		plain: "there is no flake.nix in " + p + ", and in no folder around it",
	}
}
