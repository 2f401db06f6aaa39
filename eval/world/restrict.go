package world

// This file defines a world of which only parts may be looked at.

import (
	"context"
	"slices"
	"strings"
)

// Restrict returns host, of which only the trees at the allowed paths, which are clean, can be
// looked at, and the directories on the way to them. mode says in messages what forbids the others,
// as in "in restricted mode".
//
// Paths are compared as texts. So callers must follow symbolic links one by one, with Links, and
// never let the host do it: a link in an allowed tree may lead out of it.
func Restrict(host Host, mode string, allowed ...string) Host {
	return &restricted{host: host, mode: mode, allowed: slices.Clone(allowed)}
}

type restricted struct {
	host    Host
	mode    string
	allowed []string
}

func (r *restricted) isAllowed(path string) bool {
	return slices.ContainsFunc(r.allowed, func(dir string) bool { return Below(path, dir) || Below(dir, path) })
}

func (r *restricted) check(path string) error {
	if r.isAllowed(path) {
		return nil
	}
	return &ForbiddenError{Path: strings.Clone(path), Mode: r.mode}
}

func (r *restricted) Lstat(ctx context.Context, path string) (FileInfo, error) {
	if err := r.check(path); err != nil {
		return FileInfo{}, err
	}
	return r.host.Lstat(ctx, path)
}

func (r *restricted) Open(ctx context.Context, path string) (File, error) {
	if err := r.check(path); err != nil {
		return nil, err
	}
	return r.host.Open(ctx, path)
}

func (r *restricted) ReadDir(ctx context.Context, path string) ([]DirEntry, error) {
	if err := r.check(path); err != nil {
		return nil, err
	}
	entries, err := r.host.ReadDir(ctx, path)
	return slices.DeleteFunc(entries, func(e DirEntry) bool { return !r.isAllowed(Join(path, e.Name)) }), err
}

func (r *restricted) ReadLink(ctx context.Context, path string) (string, error) {
	if err := r.check(path); err != nil {
		return "", err
	}
	return r.host.ReadLink(ctx, path)
}

func (r *restricted) Getenv(ctx context.Context, name string) string {
	return r.host.Getenv(ctx, name)
}
