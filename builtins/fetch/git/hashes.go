package git

// This file defines the file that remembers hashes of trees.

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/firn-lang/firn/builtins/fetch/git/repo"
	"github.com/firn-lang/firn/builtins/store/nixhash"
)

// A hashFile is Hashes in a file: a line for each tree, with its key and its hash. Processes append to it at
// once; a line that one of them did not finish is passed over. What cannot be read or written is not
// remembered, and nothing else happens.
type hashFile struct {
	name string

	load sync.Once
	mu   sync.RWMutex
	all  map[string]nixhash.Hash
}

// maxHashes is the size in bytes of the file above which it is begun again: some 30,000 trees.
const maxHashes = 4 << 20

// hashesIn returns the hashes that are remembered in a folder of the cache.
func hashesIn(cacheDir string) *hashFile {
	return &hashFile{name: filepath.Join(cacheDir, "git", "tree-hashes"), all: map[string]nixhash.Hash{}}
}

// read reads the file.
func (h *hashFile) read() {
	f, err := os.Open(h.name)
	if err != nil {
		return
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || info.Size() > maxHashes {
		os.Remove(h.name)
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	for lines := bufio.NewScanner(io.LimitReader(f, maxHashes)); lines.Scan(); {
		key, text, ok := strings.Cut(lines.Text(), " ")
		if !ok {
			continue
		}
		if hash, err := nixhash.Parse(text, 0); err == nil && hash.Algo == nixhash.SHA256 {
			h.all[key] = hash
		}
	}
}

// Get implements Hashes.
func (h *hashFile) Get(key string) (nixhash.Hash, bool) {
	h.load.Do(h.read)
	h.mu.RLock()
	defer h.mu.RUnlock()
	hash, ok := h.all[key]
	return hash, ok
}

// Put implements Hashes.
func (h *hashFile) Put(key string, hash nixhash.Hash) {
	h.load.Do(h.read)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.all[key] = hash
	if os.MkdirAll(filepath.Dir(h.name), 0o777) != nil {
		return
	}
	f, err := os.OpenFile(h.name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o666)
	if err != nil {
		return
	}
	defer f.Close()
	// One write, which no other process gets into the middle of. The newline in front ends a line that was not
	// finished.
	_, _ = f.WriteString(fmt.Sprintf("\n%s %s\n", key, hash))
}

// A memo is a repo.Memo in Hashes: what is known has the hash of nothing.
type memo struct{ hashes Hashes }

var known = nixhash.NewHasher(nixhash.SHA256).Result()

// Known implements repo.Memo.
func (m memo) Known(fact string) bool {
	h, ok := m.hashes.Get(fact)
	return ok && h == known
}

// Remember implements repo.Memo.
func (m memo) Remember(fact string) { m.hashes.Put(fact, known) }

// memo returns what remembers facts about repositories; nil if nothing does.
func (j *job) memo() repo.Memo {
	hashes := j.scheme.hashesOf(j.env.CacheDir)
	if hashes == nil {
		return nil
	}
	return memo{hashes}
}
