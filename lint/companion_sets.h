// Files in another folder that belong to one of this folder: the API definitions of a tyk.conf.
#pragma once

#include "lint/run.h"

namespace tlsward::lint {

/// Puts sets together: a set with a document that names a folder beside it (Gateway::companion_folder) takes in the set
/// of that gateway whose documents all lie in that folder. What it takes in is judged by its options.
void join_companion_sets(Run& run);

}  // namespace tlsward::lint
