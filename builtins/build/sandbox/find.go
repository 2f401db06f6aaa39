package sandbox

// This file defines how a program is found in PATH.

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// Find returns the path of a program: itself if it has a slash, or where PATH of an environment has
// it. Without PATH, that is /bin and /usr/bin. An empty entry is the current folder.
func Find(program string, env []string) (string, error) {
	if strings.ContainsRune(program, '/') || filepath.IsAbs(program) {
		return program, nil
	}
	list := "/bin:/usr/bin"
	for _, e := range env {
		if value, ok := strings.CutPrefix(e, "PATH="); ok {
			list = value
		}
	}
	found := error(fs.ErrNotExist)
	for _, dir := range filepath.SplitList(list) {
		if dir == "" {
			dir = "."
		}
		path := filepath.Join(dir, program)
		info, err := os.Stat(path)
		switch {
		case err != nil || info.IsDir():
		case info.Mode()&0o111 == 0 && filepath.Separator == '/':
			found = fs.ErrPermission
		case filepath.Separator == '\\':
			return exec.LookPath(path)
		default:
			return filepath.Abs(path)
		}
	}
	return "", found
}
