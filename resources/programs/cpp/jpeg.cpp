// JPEG by libjpeg, which reports errors by jumping: what it leaves behind is freed by Decoder.
#include "picture.h"

#include <algorithm>
#include <csetjmp>
#include <cstdio>
#include <cstring>
#include <stdexcept>
#include <string>

#include <jpeglib.h>
// After jpeglib.h.
#include <jerror.h>

namespace {

struct Decoder {
    jpeg_decompress_struct info{};
    jpeg_error_mgr errors{};
    std::jmp_buf back{};
    char reason[JMSG_LENGTH_MAX] = "";

    Decoder() {
        info.err = jpeg_std_error(&errors);
        info.client_data = this;
        errors.error_exit = leave;
        errors.emit_message = warn;
    }
    ~Decoder() { jpeg_destroy_decompress(&info); }
    Decoder(const Decoder&) = delete;
    Decoder& operator=(const Decoder&) = delete;

    [[noreturn]] static void leave(j_common_ptr info) {
        auto* self = static_cast<Decoder*>(info->client_data);
        info->err->format_message(info, self->reason);
        std::longjmp(self->back, 1);
    }

    // The library would fill what is missing with grey.
    static void warn(j_common_ptr info, int) {
        if (info->err->msg_code == JWRN_JPEG_EOF) {
            leave(info);
        }
    }
};

unsigned scale_for(std::size_t width, std::size_t height, std::size_t enough) {
    const std::size_t times = std::min(width, height) / std::max<std::size_t>(enough, 1);
    return times >= 8 ? 8 : times >= 4 ? 4 : times >= 2 ? 2 : 1;
}

int orientation_in(const jpeg_decompress_struct& info) {
    for (auto* marker = info.marker_list; marker != nullptr; marker = marker->next) {
        if (marker->data_length > 6 && std::memcmp(marker->data, "Exif\0\0", 6) == 0) {
            return exif_orientation(marker->data + 6, marker->data_length - 6);
        }
    }
    return 1;
}

// Ink to light, in place: four bytes a pixel become three. JPEG files hold ink the other way
// round, so that 255 is none.
void to_rgb(const std::uint8_t* ink, std::uint8_t* rgb, std::size_t pixels) {
    for (std::size_t i = 0; i < pixels; ++i, ink += 4, rgb += 3) {
        const int light = ink[3];
        for (int channel = 0; channel < 3; ++channel) {
            const int product = (255 - ink[channel]) * light + 128;
            rgb[channel] = static_cast<std::uint8_t>(light - ((product >> 8) + product) / 256);
        }
    }
}

}  // namespace

void read_jpeg(const Bytes& file, std::size_t enough, Picture& picture) {
    Decoder decoder;
    jpeg_decompress_struct& info = decoder.info;
    if (setjmp(decoder.back)) {
        throw std::runtime_error(std::string("The picture is damaged: ") + decoder.reason + ".");
    }
    jpeg_create_decompress(&info);
    jpeg_mem_src(&info, file.data(), static_cast<unsigned long>(file.size()));
    jpeg_save_markers(&info, JPEG_APP0 + 1, 0xffff);
    jpeg_read_header(&info, TRUE);
    info.scale_num = 1;
    info.scale_denom = scale_for(info.image_width, info.image_height, enough);
    info.out_color_space = info.num_components == 4 ? JCS_CMYK : JCS_RGB;
    jpeg_start_decompress(&info);
    make_room(picture, info.output_width, info.output_height, info.output_components);
    const std::size_t stride = picture.width * info.output_components;
    while (info.output_scanline < picture.height) {
        JSAMPROW row = &picture.rgb[stride * info.output_scanline];
        jpeg_read_scanlines(&info, &row, 1);
    }
    if (info.output_components == 4) {
        to_rgb(picture.rgb.data(), picture.rgb.data(), picture.width * picture.height);
        picture.rgb.resize(3 * picture.width * picture.height);
    }
    picture.orientation = orientation_in(info);
}
