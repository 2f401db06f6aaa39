package world

// This file defines worlds that are some files of another.

import (
	"cmp"
	"context"
	"slices"
	"strings"
)

// Listed returns the world of some files below dir, a path of host, such as those that a version
// control tracks. files are their paths from dir, in order; folders are there if they have one of
// them. missing returns the error for a path that is not among them, which has no slash in front.
func Listed(host Host, dir string, files []string, missing func(ctx context.Context, path string) error) Host {
	return &listed{host, strings.TrimSuffix(dir, "/"), files, missing}
}

type listed struct {
	host    Host
	dir     string   // without a slash at its end
	files   []string // in order
	missing func(ctx context.Context, path string) error
}

// contains reports whether a path is a file of the list, or a folder with one; "" is the root.
func (l *listed) contains(name string) bool {
	if name == "" {
		return true
	}
	if _, ok := slices.BinarySearch(l.files, name); ok {
		return true
	}
	i, _ := slices.BinarySearch(l.files, name+"/")
	return i < len(l.files) && strings.HasPrefix(l.files[i], name+"/")
}

// real returns where a path lies in the host.
func (l *listed) real(ctx context.Context, path string) (string, error) {
	name := strings.Trim(path, "/")
	switch {
	case name == "":
		return cmp.Or(l.dir, "/"), nil
	case l.contains(name):
		return Join(l.dir, name), nil
	}
	return "", l.missing(ctx, name)
}

// Lstat implements Host.
func (l *listed) Lstat(ctx context.Context, path string) (FileInfo, error) {
	real, err := l.real(ctx, path)
	if err != nil {
		return FileInfo{}, err
	}
	return l.host.Lstat(ctx, real)
}

// Open implements Host.
func (l *listed) Open(ctx context.Context, path string) (File, error) {
	real, err := l.real(ctx, path)
	if err != nil {
		return nil, err
	}
	return l.host.Open(ctx, real)
}

// ReadDir implements Host.
func (l *listed) ReadDir(ctx context.Context, path string) ([]DirEntry, error) {
	real, err := l.real(ctx, path)
	if err != nil {
		return nil, err
	}
	entries, err := l.host.ReadDir(ctx, real)
	if err != nil {
		return nil, err
	}
	dir := strings.Trim(path, "/")
	if dir != "" {
		dir += "/"
	}
	return slices.DeleteFunc(entries, func(e DirEntry) bool { return !l.contains(dir + e.Name) }), nil
}

// ReadLink implements Host.
func (l *listed) ReadLink(ctx context.Context, path string) (string, error) {
	real, err := l.real(ctx, path)
	if err != nil {
		return "", err
	}
	return l.host.ReadLink(ctx, real)
}

// Getenv implements Host: there are no environment variables.
func (l *listed) Getenv(context.Context, string) string { return "" }
