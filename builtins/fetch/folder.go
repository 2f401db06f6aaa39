package fetch

// This file defines Folder.

import (
	"os"
	"path/filepath"
	"sync"
)

// A Folder is where a scheme keeps what outlasts a fetch, such as clones: a folder of the cache or, if there
// is no cache, a temporary one until Close. Several goroutines may use it at once.
type Folder struct {
	Name string // in the cache; part of the name of the temporary folder

	mu   sync.Mutex
	temp string // "" so far
}

// Path returns the folder for an environment. It need not exist yet.
func (f *Folder) Path(env *Env) (string, error) {
	if env.CacheDir != "" {
		return filepath.Join(env.CacheDir, f.Name), nil
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.temp == "" {
		dir, err := os.MkdirTemp("", "firn-"+f.Name+"-")
		if err != nil {
			return "", err
		}
		f.temp = dir
	}
	return f.temp, nil
}

// Close deletes the temporary folder.
func (f *Folder) Close() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.temp == "" {
		return nil
	}
	err := os.RemoveAll(f.temp)
	f.temp = ""
	return err
}
