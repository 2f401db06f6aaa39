package git

// This file defines how files that Git LFS keeps elsewhere are fetched.

import (
	"context"
	"path/filepath"

	"github.com/firn-lang/firn/builtins/fetch/git/odb"
	"github.com/firn-lang/firn/builtins/fetch/git/repo"
	"github.com/firn-lang/firn/builtins/fetch/git/tree"
	"github.com/firn-lang/firn/eval/world"
)

// withLFS returns the files of a commit with the contents that git-lfs keeps in place of those in the
// repository. For a repository of the cache it fetches them, with the program git-lfs; in a local one they
// have to be there.
func (j *job) withLFS(ctx context.Context, r *repo.Repository, id odb.ID, files world.Host) (world.Host, error) {
	if j.url != "" {
		_, err := j.scheme.git(ctx, r.Dir, "--git-dir", ".", "-c", "remote.origin.url="+j.url, "lfs", "fetch", "origin", id.String())
		if err != nil {
			return nil, err
		}
	}
	return tree.WithLFS(files, filepath.Join(r.Common, "lfs", "objects")), nil
}
