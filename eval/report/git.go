package report

// This file defines the reading of Git's index, which lists the tracked files of a tree. A flake
// sees tracked files only, so that a file which exists may be missing. No command is run.

import (
	"bytes"
	"encoding/binary"
	"github.com/firn-lang/firn/eval/pattern"
	"github.com/firn-lang/firn/eval/world"
	"path"
	"strings"
)

// A gitTree is a folder under Git.
type gitTree struct {
	dir     string          // the top of the tree, which has .git
	tracked map[string]bool // files, relative to dir
}

// git returns the Git tree that a file is in; nil if it is in none whose index can be read.
// In a worktree .git is a file that names the folder with the index.
func (r *reporter) git(file string) *gitTree {
	if r.opt.Host == nil || !strings.HasPrefix(file, "/") {
		return nil
	}
	for dir := path.Dir(file); ; dir = path.Dir(dir) {
		if info, err := r.opt.Host.Lstat(r.ctx, path.Join(dir, ".git")); err == nil {
			gitDir := path.Join(dir, ".git")
			if info.Type == "regular" { // of a worktree
				text, err := world.ReadFile(r.ctx, r.opt.Host, gitDir, world.NoLimit)
				if err != nil {
					return nil
				}
				gitDir = strings.TrimSpace(strings.TrimPrefix(string(text), "gitdir:"))
				if !path.IsAbs(gitDir) {
					gitDir = path.Join(dir, gitDir)
				}
			}
			index, err := world.ReadFile(r.ctx, r.opt.Host, path.Join(gitDir, "index"), world.NoLimit)
			if err != nil {
				return nil
			}
			hash := 20
			if config, err := world.ReadFile(r.ctx, r.opt.Host, path.Join(gitDir, "config"), world.NoLimit); err == nil && sha256Format.Match(config) {
				hash = 32
			}
			tracked, ok := parseIndex(index, hash)
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

// tracks reports whether Git knows a file, or a file below a folder. Git has no entries for
// folders, and an index with a sparse checkout has some for folders alone.
func (t *gitTree) tracks(file string) bool {
	rel := strings.TrimPrefix(file, t.dir+"/")
	if t.tracked[rel] {
		return true
	}
	for name := range t.tracked {
		// A sparse index has folders as a whole.
		if strings.HasPrefix(name, rel+"/") || strings.HasSuffix(name, "/") && strings.HasPrefix(rel, name) {
			return true
		}
	}
	return false
}

// sha256Format matches the configuration of a repository whose hashes have 32 bytes. The index
// does not say it.
var sha256Format = pattern.New(`(?im)^\s*objectformat\s*=\s*sha256`)

// parseIndex returns the files of an index of version 2, 3 or 4 (gitformat-index(5)); false if
// it is damaged, of another version or split. hash is the length of hashes in bytes. Entries of
// version 4 leave out what their names have in common with the name before, others are padded
// to a multiple of 8 bytes.
func parseIndex(data []byte, hash int) (map[string]bool, bool) {
	if len(data) < 12 || string(data[:4]) != "DIRC" {
		return nil, false
	}
	version, count := binary.BigEndian.Uint32(data[4:]), binary.BigEndian.Uint32(data[8:])
	if version < 2 || version > 4 {
		return nil, false
	}
	fixed := 42 + hash // bytes in front of the name
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
	// The extension "link" marks a split index, whose other part is in another file.
	for at >= 0 && at+8+hash <= len(data) {
		if string(data[at:at+4]) == "link" {
			return nil, false
		}
		at += 8 + int(binary.BigEndian.Uint32(data[at+4:]))
	}
	return out, true
}

// offsetVarint reads a number in the encoding of pack files, where every further byte adds one,
// and returns its length in bytes; 0 if data ends within it.
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
