package local

// This file defines how files of the store are deleted.

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// deleteTree deletes what is at a path, whatever it is and whatever its modes.
// It returns how many bytes that frees, as the reference counts them: the sizes of
// files without other links, and of those with one, which mostly is that in
// .links. That nothing is there is no error.
func deleteTree(path string) (freed int64, err error) {
	info, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	return deleteNode(path, info)
}

func deleteNode(path string, info fs.FileInfo) (freed int64, err error) {
	if info.IsDir() {
		if info.Mode()&0o700 != 0o700 {
			if err := os.Chmod(path, info.Mode().Perm()|0o700); err != nil {
				return 0, err
			}
		}
		entries, err := os.ReadDir(path)
		if err != nil {
			return freed, err
		}
		for _, e := range entries {
			var n int64
			if e.IsDir() {
				n, err = deleteTree(filepath.Join(path, e.Name()))
			} else {
				n, err = deleteFile(filepath.Join(path, e.Name()))
			}
			freed += n
			if err != nil {
				return freed, err
			}
		}
	} else if statOf(info).links <= 2 {
		freed = info.Size()
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return freed, err
	}
	return freed, nil
}

// deleteFile is deleteTree for what is no directory.
func deleteFile(path string) (int64, error) {
	info, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	return deleteNode(path, info)
}
