package report

// This file defines what a report knows of Git: which files of a folder it tracks.
// It reads the index, and runs nothing.

import (
	"bytes"
	"encoding/binary"
	"path"
	"strings"
)

// A gitTree is a folder under Git.
type gitTree struct {
	dir     string
	tracked map[string]bool // files, relative to dir
}

// git returns the Git tree that a file is in; nil if it is in none whose index can
// be read.
func (r *reporter) git(file string) *gitTree {
	if r.opt.Host == nil || !strings.HasPrefix(file, "/") {
		return nil
	}
	for dir := path.Dir(file); ; dir = path.Dir(dir) {
		if info, err := r.opt.Host.Lstat(r.ctx, path.Join(dir, ".git")); err == nil {
			gitDir := path.Join(dir, ".git")
			if info.Type == "regular" { // of a worktree
				text, err := r.opt.Host.ReadFile(r.ctx, gitDir)
				if err != nil {
					return nil
				}
				gitDir = strings.TrimSpace(strings.TrimPrefix(string(text), "gitdir:"))
				if !path.IsAbs(gitDir) {
					gitDir = path.Join(dir, gitDir)
				}
			}
			index, err := r.opt.Host.ReadFile(r.ctx, path.Join(gitDir, "index"))
			if err != nil {
				return nil
			}
			tracked, ok := parseIndex(index)
			if !ok {
				return nil
			}
			return &gitTree{dir: dir, tracked: tracked}
		}
		if dir == "/" || dir == "." {
			return nil
		}
	}
}

// tracks reports whether Git knows a file, or a file below a folder.
func (t *gitTree) tracks(file string) bool {
	rel := strings.TrimPrefix(file, t.dir+"/")
	if t.tracked[rel] {
		return true
	}
	for name := range t.tracked {
		if strings.HasPrefix(name, rel+"/") {
			return true
		}
	}
	return false
}

// parseIndex returns the files that an index has, of the versions 2 to 4.
func parseIndex(data []byte) (map[string]bool, bool) {
	if len(data) < 12 || string(data[:4]) != "DIRC" {
		return nil, false
	}
	version, count := binary.BigEndian.Uint32(data[4:]), binary.BigEndian.Uint32(data[8:])
	if version < 2 || version > 4 {
		return nil, false
	}
	const fixed = 62 // bytes in front of the name, with an SHA-1 hash
	out := map[string]bool{}
	at, name := 12, ""
	for range count {
		if at+fixed > len(data) {
			return nil, false
		}
		flags := binary.BigEndian.Uint16(data[at+fixed-2:])
		start := at + fixed
		if flags&0x4000 != 0 { // extended
			start += 2
		}
		if version == 4 {
			cut, n := offsetVarint(data[min(start, len(data)):])
			start += n
			if n == 0 || cut > len(name) {
				return nil, false
			}
			name = name[:len(name)-cut]
		}
		if start > len(data) {
			return nil, false
		}
		end := bytes.IndexByte(data[start:], 0)
		if end < 0 {
			return nil, false
		}
		if version == 4 {
			name += string(data[start : start+end])
			at = start + end + 1
		} else {
			name = string(data[start : start+end])
			size := start + end - at
			at += (size + 8) &^ 7
		}
		out[name] = true
	}
	return out, true
}

// offsetVarint reads a number as pack files and version 4 have it, and returns how
// many bytes it takes.
func offsetVarint(data []byte) (value, n int) {
	for n < len(data) && n < 5 {
		b := data[n]
		if n > 0 {
			value++
		}
		value = value<<7 | int(b&0x7f)
		n++
		if b&0x80 == 0 {
			return value, n
		}
	}
	return 0, 0
}
