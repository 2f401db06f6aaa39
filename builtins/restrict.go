package builtins

// This file defines a world of which only parts may be looked at.

import (
	"context"
	"slices"
	"strings"

	"github.com/firn-lang/firn/eval/core"
)

// Restrict returns host, of which only the trees at the allowed paths, which
// are clean, can be looked at, and the folders on the way to them. mode says in
// messages what forbids the others, as in "in restricted mode".
func Restrict(host core.Host, mode string, allowed ...string) core.Host {
	return &restricted{Host: host, mode: mode, allowed: slices.Clone(allowed)}
}

type restricted struct {
	core.Host
	mode    string
	allowed []string
}

// below reports whether path is dir or in it.
func below(path, dir string) bool {
	return dir == "/" || strings.HasPrefix(path, dir) && (len(path) == len(dir) || path[len(dir)] == '/')
}

func (r *restricted) isAllowed(path string) bool {
	return slices.ContainsFunc(r.allowed, func(dir string) bool { return below(path, dir) || below(dir, path) })
}

func (r *restricted) check(path string) error {
	if r.isAllowed(path) {
		return nil
	}
	return &core.ForbiddenError{Path: strings.Clone(path), Mode: r.mode}
}

func (r *restricted) Lstat(ctx context.Context, path string) (core.FileInfo, error) {
	if err := r.check(path); err != nil {
		return core.FileInfo{}, err
	}
	return r.Host.Lstat(ctx, path)
}

func (r *restricted) ReadFile(ctx context.Context, path string) ([]byte, error) {
	if err := r.check(path); err != nil {
		return nil, err
	}
	return r.Host.ReadFile(ctx, path)
}

func (r *restricted) ReadDir(ctx context.Context, path string) ([]core.DirEntry, error) {
	if err := r.check(path); err != nil {
		return nil, err
	}
	entries, err := r.Host.ReadDir(ctx, path)
	return slices.DeleteFunc(entries, func(e core.DirEntry) bool {
		return !r.isAllowed(strings.TrimSuffix(path, "/") + "/" + e.Name)
	}), err
}

func (r *restricted) ReadLink(ctx context.Context, path string) (string, error) {
	if err := r.check(path); err != nil {
		return "", err
	}
	return r.Host.ReadLink(ctx, path)
}
