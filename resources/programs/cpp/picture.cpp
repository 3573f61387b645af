#include "picture.h"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <utility>

namespace {

constexpr std::size_t kMostPixels = 89'478'485;  // 256 MiB of RGB

bool begins_with(const Bytes& file, const char* start, std::size_t size) {
    return file.size() >= size && std::memcmp(file.data(), start, size) == 0;
}

Bytes read_file(const std::filesystem::path& path) {
    if (!std::filesystem::is_regular_file(path)) {
        throw std::runtime_error("There is no such file.");
    }
    std::ifstream stream(path, std::ios::binary);
    if (!stream) {
        throw std::runtime_error("The file cannot be opened.");
    }
    return Bytes(std::istreambuf_iterator<char>(stream), {});
}

Picture upright(Picture stored) {
    const int lies = stored.orientation;
    if (lies == 1) {
        return stored;
    }
    const bool sideways = lies >= 5;
    const bool upside_down = lies == 3 || lies == 4 || lies == 7 || lies == 8;
    const bool mirrored = lies == 2 || lies == 3 || lies == 6 || lies == 7;
    Picture result{stored.width, stored.height, Bytes(stored.rgb.size())};
    if (sideways) {
        std::swap(result.width, result.height);
    }
    std::uint8_t* pixel = result.rgb.data();
    for (std::size_t y = 0; y < result.height; ++y) {
        for (std::size_t x = 0; x < result.width; ++x, pixel += 3) {
            std::size_t row = upside_down ? result.height - 1 - y : y;
            std::size_t column = mirrored ? result.width - 1 - x : x;
            if (sideways) {
                std::swap(row, column);
            }
            std::copy_n(&stored.rgb[3 * (row * stored.width + column)], 3, pixel);
        }
    }
    return result;
}

}  // namespace

Picture read_picture(const std::filesystem::path& path, std::size_t enough) {
    const Bytes file = read_file(path);
    Picture picture;
    if (begins_with(file, "\xff\xd8\xff", 3)) {
        read_jpeg(file, enough, picture);
    } else if (begins_with(file, "\x89PNG\r\n\x1a\n", 8)) {
        read_png(file, picture);
    } else {
        throw std::runtime_error("This is neither a JPEG nor a PNG file.");
    }
    return upright(std::move(picture));
}

void make_room(Picture& picture, std::size_t width, std::size_t height, std::size_t bytes) {
    if (width > kMostPixels / height) {
        throw std::runtime_error("The picture is too large.");
    }
    picture.width = width;
    picture.height = height;
    picture.rgb.resize(width * height * bytes);
}

int exif_orientation(const std::uint8_t* exif, std::size_t size) {
    // A TIFF file with one directory: a count, and entries of twelve bytes.
    if (size < 8 || exif[0] != exif[1] || (exif[0] != 'I' && exif[0] != 'M')) {
        return 1;
    }
    const bool little = exif[0] == 'I';
    const auto number = [&](std::size_t at, int bytes) {
        std::size_t value = 0;
        for (int i = 0; i < bytes; ++i) {
            value = value << 8 | exif[at + (little ? bytes - 1 - i : i)];
        }
        return value;
    };
    const std::size_t directory = number(4, 4);
    if (directory > size - 2) {
        return 1;
    }
    const std::size_t count = std::min(number(directory, 2), (size - directory - 2) / 12);
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t entry = directory + 2 + 12 * i;
        const std::size_t value = number(entry + 8, 2);
        if (number(entry, 2) == 0x0112 && value >= 1 && value <= 8) {
            return static_cast<int>(value);
        }
    }
    return 1;
}
