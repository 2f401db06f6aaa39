package listing

// This file defines how entries are made: of archives while they are read, and of files.

import (
	"io"
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/store/nar"
)

// A Builder is a nar.Visitor that lists the archive it is told of. The offsets follow
// from the names and sizes, because a tree has one archive only. The zero Builder is
// ready for one archive.
type Builder struct {
	Next nar.Visitor // is told of everything as well; may be nil

	root *Entry
	open []*Entry // directories from the root to the last node
	at   int64    // offset of what follows the last node, in bytes
}

// Root returns the archive's own node, after the archive was read; nil before.
func (l *Builder) Root() *Entry { return l.root }

// The lengths of words in an archive, in bytes: 8 for the length, and the padded text.
const word, longWord = 16, 24

// textLen returns the length of a string in an archive.
func textLen(s string) int64 { return 8 + padded(int64(len(s))) }

// padded returns n as it is padded to a multiple of 8.
func padded(n int64) int64 { return (n + 7) &^ 7 }

// enter moves to the node at path and behind its type, and adds e, which it is, to its
// directory.
func (l *Builder) enter(path string, e *Entry) {
	if path == "" {
		l.root = e
		l.at = textLen("nix-archive-1")
	} else {
		depth := strings.Count(path, "/")
		for len(l.open) > depth+1 { // directories that have ended: their ")", and that of their entry
			l.open = l.open[:len(l.open)-1]
			l.at += 2 * word
		}
		e.Name = path[strings.LastIndexByte(path, '/')+1:]
		dir := l.open[depth]
		dir.Entries = append(dir.Entries, e)
		l.at += word + word + word + textLen(e.Name) + word // entry ( name NAME node
	}
	l.at += word + word // ( type
	if e.Kind == nar.Directory {
		l.at += longWord
		l.open = append(l.open, e)
	} else {
		l.at += word
	}
}

// leave moves behind a node that is no directory.
func (l *Builder) leave() {
	l.at += word // )
	if len(l.open) > 0 {
		l.at += word // that of its entry
	}
}

// Directory implements nar.Visitor.
func (l *Builder) Directory(path string) error {
	l.enter(path, &Entry{Kind: nar.Directory})
	if l.Next != nil {
		return l.Next.Directory(path)
	}
	return nil
}

// File implements nar.Visitor.
func (l *Builder) File(path string, executable bool, size int64, contents io.Reader) error {
	e := &Entry{Kind: nar.Regular, Executable: executable, Size: size}
	l.enter(path, e)
	if executable {
		l.at += longWord + 8 // executable ""
	}
	l.at += word + 8 // contents SIZE
	e.Offset = l.at
	l.at += padded(size)
	l.leave()
	if l.Next != nil {
		return l.Next.File(path, executable, size, contents)
	}
	return nil
}

// Symlink implements nar.Visitor.
func (l *Builder) Symlink(path, target string) error {
	l.enter(path, &Entry{Kind: nar.Symlink, Target: target})
	l.at += word + textLen(target)
	l.leave()
	if l.Next != nil {
		return l.Next.Symlink(path, target)
	}
	return nil
}

// Read lists an archive, whose contents it skips.
func Read(r io.Reader) (*Entry, error) {
	var l Builder
	if err := nar.Read(r, &l); err != nil {
		return nil, err
	}
	return l.root, nil
}

// Files lists what is at path in files, and, if deep is true, everything below it. What is
// in a directory that is not deep has a name and kind only.
func Files(files nar.FS, path string, deep bool) (*Entry, error) {
	e, err := stat(files, path)
	if err != nil || e.Kind != nar.Directory {
		return e, err
	}
	return e, fill(files, path, e, deep, 0)
}

// fill adds what is in the directory at path to e.
func fill(files nar.FS, path string, e *Entry, deep bool, depth int) error {
	names, err := files.ReadDir(path)
	if err != nil {
		return err
	}
	slices.Sort(names)
	prefix := strings.TrimSuffix(path, "/") + "/"
	for _, name := range names {
		child, err := stat(files, prefix+name)
		if err != nil {
			return err
		}
		child.Name = name
		if deep && child.Kind == nar.Directory && depth < maxDepth {
			if err := fill(files, prefix+name, child, true, depth+1); err != nil {
				return err
			}
		}
		e.Entries = append(e.Entries, child)
	}
	return nil
}

// stat returns what is at path, without what is in it.
func stat(files nar.FS, path string) (*Entry, error) {
	info, err := files.Lstat(path)
	if err != nil {
		return nil, err
	}
	e := &Entry{Kind: info.Kind, Executable: info.Executable && info.Kind == nar.Regular, Size: info.Size}
	if info.Kind != nar.Regular {
		e.Size = 0
	}
	if info.Kind == nar.Symlink {
		e.Target, err = files.ReadLink(path)
	}
	return e, err
}
